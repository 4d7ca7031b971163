package io.memring.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.sasl.Credentials;
import io.memring.sasl.FailureLimiter;
import io.memring.sasl.PasswordFileStyle;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

final class LoginsTest {
    private static final int LOGINS = 100;

    @TempDir private Path folder = Path.of("");

    /** A thread that a worker started would be scheduled as the worker is, and where it is. */
    @Test
    void logins_runInThreadsThatBeganWithTheNode() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("users"), "a:1\n");
        Credentials users = Credentials.open(file, PasswordFileStyle.AUTH_FILE, new SecureRandom());
        try (Logins logins = new Logins(users, null, new FailureLimiter(0, System::nanoTime))) {
            Set<Thread> begun = Thread.getAllStackTraces().keySet();
            BlockingQueue<Thread> used = new LinkedBlockingQueue<>();
            for (int i = 0; i < LOGINS; i++) {
                assertThat(logins.run(() -> used.add(Thread.currentThread()))).isTrue();
            }
            Set<Thread> distinct = new HashSet<>();
            for (int i = 0; i < LOGINS; i++) {
                distinct.add(used.take());
            }
            assertThat(begun).containsAll(distinct);
        }
    }

    @Test
    void nodeWithoutUsers_hasNoThreadsForThem() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (Logins _ = new Logins(null, null, new FailureLimiter(0, System::nanoTime))) {
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().equals("memring-login"))
                    .isSubsetOf(before);
        }
    }
}
