/**
 * The cache engine: stripes of items, and the workers that own them. It knows no protocol and no
 * network.
 */
module io.memring.engine {
    requires com.lmax.disruptor;
    requires io.memring.slab;
    requires static transitive org.jspecify;

    exports io.memring.engine;
    exports io.memring.engine.command;
}
