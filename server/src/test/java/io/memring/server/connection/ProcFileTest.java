package io.memring.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class ProcFileTest {
    @TempDir private Path directory;

    @Test
    void numbers_areTakenInTurn_whateverStandsBetween() {
        ProcFile file = new ProcFile("cpu7  12 0 -3\n9223372036854775807 x");
        assertThat(file.nextNumber()).isEqualTo(7);
        assertThat(file.nextNumber()).isEqualTo(12);
        assertThat(file.nextNumber()).isZero();
        assertThat(file.nextNumber()).isEqualTo(3);
        assertThat(file.nextNumber()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void numbersBehindTheEnd_areZero() {
        ProcFile file = new ProcFile("1");
        assertThat(file.nextNumber()).isOne();
        assertThat(file.nextNumber()).isZero();
        assertThat(new ProcFile("").nextNumber()).isZero();
    }

    @Test
    void skipLine_goesToTheNext_orTheEnd() {
        ProcFile file = new ProcFile("cpu 1\ncpu 2 3");
        file.skipLine();
        assertThat(file.continuesWith("cpu")).isTrue();
        assertThat(file.nextNumber()).isEqualTo(2);
        file.skipLine();
        assertThat(file.continuesWith("cpu")).isFalse();
        assertThat(file.nextNumber()).isZero();
    }

    @Test
    void read_takesAllOfIt() throws IOException {
        String text = "cpu 1\n".repeat(10_000);
        Path path = Files.writeString(directory.resolve("stat"), text);
        assertThat(ProcFile.read(path.toString()).map(ProcFile::text)).contains(text);
    }

    @Test
    void read_ofNoFile_isEmpty() {
        assertThat(ProcFile.read(directory.resolve("none").toString())).isEmpty();
    }
}
