package io.memring.engine;

import io.memring.engine.command.Command;
import io.memring.engine.command.Operation;
import io.memring.engine.command.Upload;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZJ_Result;

/**
 * A connection shuts down in the middle of an upload while its stripe is held: the chunk comes
 * back.
 */
@JCStressTest
@Outcome(id = "false, 0", expect = Expect.ACCEPTABLE, desc = "Closed at once, freed in the end")
@Outcome(expect = Expect.FORBIDDEN, desc = "The upload stays open or its chunk is lost")
@State
public class AbortStress {

    private final StressEngine small = new StressEngine();
    private final Upload upload = new Upload();

    public AbortStress() {
        Command reserve = StressEngine.command(Operation.RESERVE);
        reserve.upload = upload;
        small.other.execute(reserve);
        small.hold();
    }

    @Actor
    public void other() {
        small.other.abort(upload);
    }

    @Actor
    public void owner() {
        small.release();
        small.drainOwnerIfWoken();
    }

    @Arbiter
    public void settle(ZJ_Result result) {
        small.settle();
        small.engine.checkInvariants();
        result.r1 = upload.isOpen();
        result.r2 = small.engine.figures().openUploads();
        small.engine.close();
    }
}
