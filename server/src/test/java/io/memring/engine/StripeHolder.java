package io.memring.engine;

/** Holds all stripes of an engine, as if other workers were writing to each of them. */
public final class StripeHolder {
    private final CacheEngine engine;
    private boolean holding;

    public StripeHolder(CacheEngine engine) {
        this.engine = engine;
    }

    /** From now on every command is handed to its stripe's owner, who finds it held as well. */
    public void hold() {
        for (int i = 0; !holding && i < engine.stripeCount(); i++) {
            boolean taken = engine.stripe(i).sequence.tryAcquire();
            StripeCheck.require(taken, "free stripe", i);
        }
        holding = true;
    }

    public void release() {
        for (int i = 0; holding && i < engine.stripeCount(); i++) {
            engine.stripe(i).release();
        }
        holding = false;
    }
}
