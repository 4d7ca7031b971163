package io.memring.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.lang.foreign.Arena;

@EnabledOnOs(OS.LINUX)
final class SchedAttrTest {
    private static final int NO_SUCH_POLICY = 99;

    private final Arena arena = Arena.ofConfined();

    @AfterEach
    void free() {
        arena.close();
    }

    @Test
    void newThread_isInTheClassThatThreadsBeginIn() {
        assertThat(ofThisThread().policy()).isEqualTo(SchedAttr.SCHED_OTHER);
    }

    @Test
    void changeThatIsNotAllowed_changesNothing() {
        SchedAttr before = ofThisThread();
        assertThat(ofThisThread().change(NO_SUCH_POLICY, before.sliceNanos())).isFalse();
        SchedAttr after = ofThisThread();
        assertThat(after.policy()).isEqualTo(before.policy());
        assertThat(after.sliceNanos()).isEqualTo(before.sliceNanos());
    }

    private SchedAttr ofThisThread() {
        return SchedAttr.ofThisThread(arena).orElseThrow();
    }
}
