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
import org.openjdk.jcstress.infra.results.IZZ_Result;

/**
 * A command meets a held stripe while its owner lets go and looks at its ring: it is run once and
 * answered once, and no wake-up gets lost on either way.
 */
@JCStressTest
@Outcome(id = "1, true, true", expect = Expect.ACCEPTABLE, desc = "Run and answered once")
@Outcome(id = "0, .*", expect = Expect.FORBIDDEN, desc = "Lost: a wake-up is missing")
@Outcome(expect = Expect.FORBIDDEN, desc = "Answered twice, or not run")
@State
public class HandOffStress {

    private final StressEngine small = new StressEngine();
    private final Command store = StressEngine.command(Operation.STORE);

    public HandOffStress() {
        store.storeOutcome = StoreOutcome.NOT_STORED;
        small.hold();
    }

    @Actor
    public void other() {
        if (small.other.execute(store)) {
            small.completions.incrementAndGet();
        }
    }

    @Actor
    public void owner() {
        small.release();
        small.drainOwnerIfWoken();
    }

    @Arbiter
    public void settle(IZZ_Result result) {
        small.settle();
        result.r1 = small.completions.get();
        result.r2 = store.storeOutcome == StoreOutcome.STORED;
        result.r3 = small.hasKey();
        small.engine.close();
    }
}
