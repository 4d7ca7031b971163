package io.memring.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The files by which a node tells others where to find it. Each appears complete, by renaming. */
final class RuntimeFiles {

    private RuntimeFiles() {}

    /** Writes this process's id, {@code -P}. */
    static void writePidFile(Path file) {
        replace(file, ".tmp", ProcessHandle.current().pid() + "\n");
    }

    /** Writes the ports listened on, one line each, as memcached does for its own tests. */
    static void writePortFile(Path file, List<InetSocketAddress> addresses) {
        StringBuilder lines = new StringBuilder();
        for (InetSocketAddress socket : addresses) {
            InetAddress address = socket.getAddress();
            if (address instanceof Inet4Address || address.isAnyLocalAddress()) {
                lines.append("TCP INET: ").append(socket.getPort()).append('\n');
            }
            if (!(address instanceof Inet4Address)) {
                lines.append("TCP INET6: ").append(socket.getPort()).append('\n');
            }
        }
        replace(file, ".lck", lines.toString());
    }

    private static void replace(Path file, String suffix, String text) {
        Path draft = file.resolveSibling(file.getFileName() + suffix);
        try {
            Files.writeString(draft, text);
            Files.move(
                    draft,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e, e);
        }
    }
}
