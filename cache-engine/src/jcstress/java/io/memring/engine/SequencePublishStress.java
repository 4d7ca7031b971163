package io.memring.engine;

import io.memring.slab.SlabMemory;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A reader that finds the sequence unchanged has seen all of a write or nothing of it. */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Read before the write")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Read after the write")
@Outcome(id = "-1, -1", expect = Expect.ACCEPTABLE, desc = "Held or overtaken, to be done again")
@Outcome(expect = Expect.FORBIDDEN, desc = "Torn, and the sequence did not tell")
@State
public class SequencePublishStress {

    private final long address = NativeSlots.next();
    private final StripeSequence sequence = new StripeSequence(address);
    private final long first = address + StripeSequence.BYTES;
    private final long second = first + Long.BYTES;

    @Actor
    public void write() {
        if (sequence.tryAcquire()) {
            SlabMemory.putInt(first, 1);
            SlabMemory.putInt(second, 1);
            sequence.release();
        }
    }

    @Actor
    public void read(II_Result result) {
        result.r1 = -1;
        result.r2 = -1;
        long before = sequence.read();
        if (StripeSequence.isHeld(before)) {
            return;
        }
        int a = SlabMemory.getInt(second);
        int b = SlabMemory.getInt(first);
        if (sequence.isUnchangedSince(before)) {
            result.r1 = b;
            result.r2 = a;
        }
    }
}
