package io.memring.engine;

/**
 * One way to run the model test.
 *
 * @param engine configuration of the engine
 * @param keyCount number of keys in play
 * @param valueLengthMax largest value that may be stored; the engine's item size limit lies {@link
 *     #ITEM_OVERHEAD_MAX} above
 * @param pressure what the memory limit makes of it
 */
record ModelConfig(EngineConfig engine, int keyCount, int valueLengthMax, Pressure pressure) {

    /** More than key, header and chain of any item take. */
    static final int ITEM_OVERHEAD_MAX = 1024;

    enum Pressure {
        /** Memory for everything: the engine must equal the model. */
        NONE,
        /** Items may have been evicted: a miss is the only difference allowed. */
        EVICTING,
        /** As with -M: stores may be refused, and nothing else may get lost. */
        REFUSING
    }

    static ModelConfig of(TestConfig config, int keyCount, int valueLengthMax, Pressure pressure) {
        config.itemSizeMax(valueLengthMax + ITEM_OVERHEAD_MAX);
        if (pressure == Pressure.REFUSING) {
            config.withoutEviction();
        }
        return new ModelConfig(config.build(), keyCount, valueLengthMax, pressure);
    }
}
