package io.memring.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

@EnabledOnOs(OS.LINUX)
final class WorkerSchedulingTest {
    private static final int NORMAL = 0;
    private static final int BATCH = 3;
    private static final int IDLE = 5;

    /** Of the fields in {@code proc_pid_stat(5)} behind the thread's name, the policy's. */
    private static final int POLICY_FIELD = 38;

    private final WorkerScheduling scheduling = new WorkerScheduling();
    private final List<Integer> policies = new ArrayList<>();

    @Test
    void crowds_changeTheCallingThreadOnly() throws InterruptedException {
        inThread(
                () -> {
                    adapt(10, 29);
                    adapt(10, 30);
                    adapt(10, 20);
                    adapt(10, 19);
                    adapt(10, 20);
                });
        assertThat(policies).containsExactly(NORMAL, BATCH, BATCH, NORMAL, NORMAL);
        assertThat(policy()).isEqualTo(NORMAL);
    }

    /** Such as between two loads, or where only datagrams come. */
    @Test
    void nothingAnswered_changesNothing() throws InterruptedException {
        inThread(
                () -> {
                    adapt(0, 0);
                    adapt(1, 100);
                    adapt(0, 0);
                });
        assertThat(policies).containsExactly(NORMAL, BATCH, BATCH);
    }

    @Test
    void requestsThatComeAlone_halveTheTimeSlices() throws InterruptedException {
        List<Long> slices = new ArrayList<>();
        inThread(
                () -> {
                    slices.add(sliceNanos());
                    for (int connections : new int[] {1, 3, 1, 1}) {
                        scheduling.adapt(1, connections);
                        slices.add(sliceNanos());
                    }
                });
        long whole = slices.getFirst(); // 0 before Linux 6.12, where there are none to choose.
        assertThat(slices).containsExactly(whole, whole / 2, whole, whole / 2, whole / 2);
    }

    @Test
    void threadThatSomebodyHasPutIntoAnotherClass_staysThere() throws InterruptedException {
        inThread(
                () -> {
                    putIntoIdleClass();
                    adapt(1, 100);
                    adapt(1, 1);
                });
        assertThat(policies).containsExactly(IDLE, IDLE);
    }

    private static void inThread(Runnable test) throws InterruptedException {
        Thread thread = new Thread(test);
        thread.start();
        thread.join();
    }

    private void adapt(int passes, int connections) {
        scheduling.adapt(passes, connections);
        policies.add(policy());
    }

    private static void putIntoIdleClass() {
        try (Arena arena = Arena.ofConfined()) {
            SchedAttr thread = SchedAttr.ofThisThread(arena).orElseThrow();
            assertThat(thread.change(IDLE, SchedAttr.SYSTEMS_CHOICE)).isTrue();
        }
    }

    private static long sliceNanos() {
        try (Arena arena = Arena.ofConfined()) {
            return SchedAttr.ofThisThread(arena).orElseThrow().sliceNanos();
        }
    }

    private static int policy() {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            String afterName = stat.substring(stat.lastIndexOf(')') + 2);
            return Integer.parseInt(afterName.split(" ", -1)[POLICY_FIELD]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
