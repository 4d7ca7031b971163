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
    static void writePortFile(Path file, List<InetSocketAddress> tcp, List<InetSocketAddress> udp) {
        StringBuilder lines = new StringBuilder();
        appendPorts("TCP", tcp, lines);
        appendPorts("UDP", udp, lines);
        replace(file, ".lck", lines.toString());
    }

    private static void appendPorts(
            String protocol, List<InetSocketAddress> sockets, StringBuilder lines) {
        for (InetSocketAddress socket : sockets) {
            InetAddress address = socket.getAddress();
            if (address instanceof Inet4Address || address.isAnyLocalAddress()) {
                lines.append(protocol).append(" INET: ").append(socket.getPort()).append('\n');
            }
            if (!(address instanceof Inet4Address)) {
                lines.append(protocol).append(" INET6: ").append(socket.getPort()).append('\n');
            }
        }
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
