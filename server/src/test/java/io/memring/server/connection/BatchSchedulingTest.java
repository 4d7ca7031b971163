package io.memring.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

final class BatchSchedulingTest {
    private static final String NORMAL = "0";
    private static final String BATCH = "3";

    /** Of the fields in {@code proc_pid_stat(5)} behind the thread's name, the policy's. */
    private static final int POLICY_FIELD = 38;

    @Test
    @EnabledOnOs(OS.LINUX)
    void enter_changesTheCallingThreadOnly() throws InterruptedException {
        List<String> policies = new ArrayList<>();
        Thread thread =
                new Thread(
                        () -> {
                            policies.add(policy());
                            BatchScheduling.enter();
                            policies.add(policy());
                        });
        thread.start();
        thread.join();
        assertThat(policies).containsExactly(NORMAL, BATCH);
        assertThat(policy()).isEqualTo(NORMAL);
    }

    private static String policy() {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[POLICY_FIELD];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
