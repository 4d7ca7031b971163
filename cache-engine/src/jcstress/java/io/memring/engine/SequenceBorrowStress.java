package io.memring.engine;

import io.memring.slab.SlabMemory;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Owner and borrower: one of them takes the stripe, or both one after the other, and no change is
 * lost.
 */
@JCStressTest
@Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "The borrower found it held")
@Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "The owner found it held")
@Outcome(id = "1, 1, 2", expect = Expect.ACCEPTABLE, desc = "One after the other")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both at once, or nobody")
@State
public class SequenceBorrowStress {

    private final long address = NativeSlots.next();
    private final StripeSequence sequence = new StripeSequence(address);
    private final long counter = address + StripeSequence.BYTES;

    @Actor
    public void own(III_Result result) {
        result.r1 = count();
    }

    @Actor
    public void borrow(III_Result result) {
        result.r2 = count();
    }

    private int count() {
        if (!sequence.tryAcquire()) {
            return 0;
        }
        SlabMemory.putInt(counter, SlabMemory.getInt(counter) + 1);
        sequence.release();
        return 1;
    }

    @Arbiter
    public void sum(III_Result result) {
        result.r3 = SlabMemory.getInt(counter);
    }
}
