package io.memring.engine;

import io.memring.engine.command.Command;
import io.memring.engine.command.Operation;
import io.memring.engine.command.StoreOutcome;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZ_Result;

/**
 * An append meets a flush: it comes before it, and what it made is dead, or after it, and finds
 * nothing.
 */
@JCStressTest
@Outcome(id = "STORED, false", expect = Expect.ACCEPTABLE, desc = "Appended, then flushed")
@Outcome(
        id = "NOT_STORED, false",
        expect = Expect.ACCEPTABLE,
        desc = "Flushed, nothing to append to")
@Outcome(id = "STORED, true", expect = Expect.FORBIDDEN, desc = "A value survived the flush")
@Outcome(expect = Expect.FORBIDDEN, desc = "Anything else")
@State
public class FlushStress {

    private final StressEngine small = new StressEngine();
    private final Command append = StressEngine.append();

    public FlushStress() {
        small.owner.execute(StressEngine.command(Operation.STORE));
    }

    @Actor
    public void append() {
        append.storeOutcome = StoreOutcome.TOO_LARGE;
        small.owner.execute(append);
    }

    @Actor
    public void flush() {
        small.engine.flushAll();
    }

    @Arbiter
    public void look(LZ_Result result) {
        result.r1 = append.storeOutcome;
        result.r2 = small.hasKey();
        small.engine.close();
    }
}
