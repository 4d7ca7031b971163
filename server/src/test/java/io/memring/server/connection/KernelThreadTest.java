package io.memring.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

@EnabledOnOs(OS.LINUX)
final class KernelThreadTest {
    private static final int NOBODYS = Integer.MAX_VALUE;

    private final OtherThread other = new OtherThread();
    private KernelThread thread = new KernelThread(NOBODYS);

    @BeforeEach
    void start() {
        thread = other.call(KernelThread::current).orElseThrow();
    }

    @AfterEach
    void end() {
        other.close();
    }

    @Test
    void current_isTheOneThatAsks() {
        assertThat(other.call(KernelThreadTest::linkOfProc)).endsWith("/task/" + thread.id());
        assertThat(KernelThread.current())
                .isPresent()
                .isNotEqualTo(other.call(KernelThread::current));
    }

    @Test
    void setAffinity_ofOneProcessor_movesThatThreadAlone() {
        BitSet before = thread.affinity().orElseThrow();
        BitSet one = new BitSet();
        one.set(before.length() - 1);
        assertThat(thread.setAffinity(one)).isTrue();
        assertThat(thread.affinity()).contains(one);
        assertThat(other.call(thread::processor)).contains(before.length() - 1);
        assertThat(KernelThread.current().orElseThrow().affinity()).contains(before);
    }

    @Test
    void setAffinity_ofNoProcessor_changesNothing() {
        BitSet before = thread.affinity().orElseThrow();
        assertThat(thread.setAffinity(new BitSet())).isFalse();
        assertThat(thread.affinity()).contains(before);
    }

    @Test
    void schedStat_growsAsItRuns() {
        SchedStat before = thread.schedStat().orElseThrow();
        long _ = other.call(KernelThreadTest::work);
        SchedStat since = thread.schedStat().orElseThrow().minus(before);
        assertThat(since.ranNanos()).isPositive();
        assertThat(since.waitedNanos()).isNotNegative();
        assertThat(since.runs()).isPositive();
    }

    @Test
    void threadThatThereIsNot_tellsNothing() {
        KernelThread gone = new KernelThread(NOBODYS);
        assertThat(gone.schedStat()).isEmpty();
        assertThat(gone.processor()).isEmpty();
        assertThat(gone.affinity()).isEmpty();
        assertThat(gone.setAffinity(thread.affinity().orElseThrow())).isFalse();
    }

    private static String linkOfProc() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/thread-self")).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long work() {
        long sum = 0;
        for (int i = 0; i < 1_000_000; i++) {
            sum = 31 * sum + i;
        }
        return sum;
    }
}
