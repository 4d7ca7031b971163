package io.memring.load.engine;

import io.memring.load.result.NodeFigures;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a node has cost its machine so far: of a process on this machine as the kernel has it, else
 * as the node's own {@code stats} tell it.
 *
 * @param cpuNanos user and system time
 * @param residentBytes 0 if not known
 * @param source {@code /proc} or {@code stats}
 */
record ServerProcess(long cpuNanos, long residentBytes, String source) {

    private static final long TICK_NANOS = 10_000_000; // Linux counts in hundredths everywhere.
    private static final BigDecimal SECOND = BigDecimal.valueOf(1_000_000_000L);

    // Fields of /proc/PID/stat behind the name of the command.
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    // Columns of /proc/net/tcp.
    private static final int SOCKET_ADDRESS = 1;
    private static final int SOCKET_STATE = 3;
    private static final int SOCKET_INODE = 9;

    private static final String LISTENING = "0A";

    /** The difference between two moments, if both are known and of the same source. */
    static NodeFigures.@Nullable Usage between(
            @Nullable ServerProcess before, @Nullable ServerProcess after) {
        return before == null || after == null || !before.source.equals(after.source)
                ? null
                : new NodeFigures.Usage(
                        after.cpuNanos - before.cpuNanos, after.residentBytes, after.source);
    }

    /** Looks at a node now; null if nothing is known. */
    static @Nullable ServerProcess look(long pid, Map<String, String> stats) {
        ServerProcess process = pid > 0 ? ofKernel(pid) : null;
        return process == null ? ofStats(stats) : process;
    }

    private static @Nullable ServerProcess ofKernel(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
            return new ServerProcess(ticks * TICK_NANOS, residentBytes(pid), "/proc");
        } catch (IOException | RuntimeException e) {
            return null; // No Linux, or the process is gone.
        }
    }

    private static long residentBytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) << 10;
            }
        }
        return 0;
    }

    private static @Nullable ServerProcess ofStats(Map<String, String> stats) {
        String user = stats.get("rusage_user");
        String system = stats.get("rusage_system");
        if (user == null || system == null) {
            return null;
        }
        try {
            BigDecimal seconds = new BigDecimal(user).add(new BigDecimal(system));
            return new ServerProcess(seconds.multiply(SECOND).longValue(), 0, "stats");
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /**
     * The process that a node says it is, if it is on this machine and does listen there; else 0. A
     * node in a container of its own says a number that here means another process.
     */
    static long find(InetSocketAddress address, Map<String, String> stats) {
        try {
            long pid = Long.parseLong(stats.getOrDefault("pid", "0"));
            return address.getAddress().isLoopbackAddress() && listens(pid, address.getPort())
                    ? pid
                    : 0;
        } catch (NumberFormatException | IOException e) {
            return 0;
        }
    }

    private static boolean listens(long pid, int port) throws IOException {
        Set<String> listeners = listeners(port);
        try (DirectoryStream<Path> descriptors =
                Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors) {
                if (listeners.contains(target(descriptor))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String target(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException e) {
            return ""; // Closed since it was listed.
        }
    }

    /** The sockets that listen on a port, as links to descriptors show them. */
    private static Set<String> listeners(int port) throws IOException {
        Set<String> listeners = new HashSet<>();
        String suffix = ":%04X".formatted(port);
        for (Path table : List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"))) {
            for (String line :
                    Files.exists(table) ? Files.readAllLines(table) : List.<String>of()) {
                String[] words = line.strip().split("\\s+", -1);
                if (words.length > SOCKET_INODE
                        && words[SOCKET_ADDRESS].endsWith(suffix)
                        && words[SOCKET_STATE].equals(LISTENING)) {
                    listeners.add("socket:[" + words[SOCKET_INODE] + ']');
                }
            }
        }
        return listeners;
    }
}
