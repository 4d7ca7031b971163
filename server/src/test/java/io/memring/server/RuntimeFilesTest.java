package io.memring.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class RuntimeFilesTest {

    @TempDir private Path folder;

    @Test
    void writePidFile_oldOne_isReplacedAndNothingElseLeft() throws IOException {
        Path file = folder.resolve("pid");
        Files.writeString(file, "1\nold");

        RuntimeFiles.writePidFile(file);

        assertThat(file).hasContent(ProcessHandle.current().pid() + "\n");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void writePortFile_bothFamilies_haveALineEach() throws IOException {
        Path file = folder.resolve("ports");

        RuntimeFiles.writePortFile(
                file,
                List.of(
                        address(new byte[] {127, 0, 0, 1}, 1),
                        address(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 2)),
                List.of(address(new byte[] {127, 0, 0, 1}, 4)));

        assertThat(file).hasContent("TCP INET: 1\nTCP INET6: 2\nUDP INET: 4\n");
    }

    @Test
    void writePortFile_everyInterface_countsForBothFamilies() throws IOException {
        Path file = folder.resolve("ports");

        RuntimeFiles.writePortFile(file, List.of(address(new byte[16], 3)), List.of());

        assertThat(file).hasContent("TCP INET: 3\nTCP INET6: 3\n");
    }

    @Test
    void writePortFile_noListener_isEmpty() throws IOException {
        Path file = folder.resolve("ports");

        RuntimeFiles.writePortFile(file, List.of(), List.of());

        assertThat(file).isEmptyFile();
    }

    @Test
    void writePidFile_folderMissing_saysWhichFile() {
        Path file = folder.resolve("nosuch/pid");

        assertThatThrownBy(() -> RuntimeFiles.writePidFile(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("cannot write " + file + ": ");
    }

    private static InetSocketAddress address(byte[] address, int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByAddress(address), port);
    }
}
