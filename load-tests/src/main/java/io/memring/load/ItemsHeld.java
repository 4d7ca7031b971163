package io.memring.load;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.memring.engine.CacheEngine;
import io.memring.engine.CoarseClock;
import io.memring.engine.EngineConfig;
import io.memring.engine.EngineWorker;
import io.memring.engine.Stat;
import io.memring.engine.command.Command;
import io.memring.engine.command.Operation;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Socket;

/**
 * Counts the items of 12-byte keys and 100-byte values that a cache holds before its first
 * eviction: of the engine in this process with so many mebibytes, or of any memcached behind a host
 * and port.
 *
 * <pre>
 * ItemsHeld 256
 * ItemsHeld 127.0.0.1 11211
 * </pre>
 */
public final class ItemsHeld {

    private static final int VALUE_LENGTH = 100;

    /**
     * Stores between two looks at the number of evictions; a remote count is exact to this many.
     */
    private static final int BATCH = 1000;

    private ItemsHeld() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 2) {
            System.out.println(remote(arguments[0], Integer.parseInt(arguments[1])));
        } else {
            System.out.println(local(Long.parseLong(arguments[0]) << 20));
        }
    }

    private static String key(long number) {
        return "key:%08d".formatted(number);
    }

    private static String local(long memoryLimit) {
        try (CacheEngine engine = CacheEngine.open(config(memoryLimit), new CoarseClock());
                Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocate(key(0).length());
            MemorySegment value = arena.allocate(VALUE_LENGTH).fill((byte) 'v');
            EngineWorker worker = engine.worker(0);
            Command command = new Command();
            long stored = 0;
            while (engine.total(Stat.EVICTIONS) == 0) {
                byte[] bytes = key(stored++).getBytes(US_ASCII);
                MemorySegment.copy(bytes, 0, key, JAVA_BYTE, 0, bytes.length);
                command.reset(Operation.STORE);
                command.keyAddress = key.address();
                command.keyLength = bytes.length;
                command.hash = EngineWorker.hash(key.address(), bytes.length);
                command.valueAddress = value.address();
                command.valueLength = VALUE_LENGTH;
                worker.execute(command);
                worker.maintain();
            }
            return "%d items before the first eviction (%s)".formatted(stored, engine.figures());
        }
    }

    /** One worker, as all stores come from here, over the stripes that four workers would have. */
    private static EngineConfig config(long memoryLimit) {
        EngineConfig defaults = EngineConfig.defaults();
        return new EngineConfig(
                memoryLimit,
                defaults.itemSizeMax(),
                1,
                Integer.getInteger("memring.stripes", 0),
                defaults.pageSize(),
                defaults.growthFactor(),
                defaults.chunkSizeMin(),
                defaults.slabChunkMax(),
                defaults.evictToFree(),
                defaults.casEnabled(),
                defaults.hotLruPercent(),
                defaults.warmLruPercent(),
                defaults.hotMaxFactor(),
                defaults.warmMaxFactor(),
                defaults.temporaryTtl(),
                defaults.lruMaintainer(),
                defaults.lruCrawler());
    }

    private static String remote(String host, int port) throws IOException {
        String value = "v".repeat(VALUE_LENGTH);
        try (Socket socket = new Socket(host, port);
                OutputStream out = new BufferedOutputStream(socket.getOutputStream());
                BufferedReader in =
                        new BufferedReader(
                                new InputStreamReader(socket.getInputStream(), US_ASCII))) {
            long stored = 0;
            while (stat(in, out, "evictions") == 0) {
                for (int i = 0; i < BATCH; i++) {
                    String set = "set " + key(stored++) + " 0 0 100 noreply\r\n" + value + "\r\n";
                    out.write(set.getBytes(US_ASCII));
                }
            }
            return "%d stored, %d items held, %d evictions"
                    .formatted(stored, stat(in, out, "curr_items"), stat(in, out, "evictions"));
        }
    }

    private static long stat(BufferedReader in, OutputStream out, String name) throws IOException {
        out.write("stats\r\n".getBytes(US_ASCII));
        out.flush();
        long value = -1;
        for (String line = in.readLine(); !"END".equals(line); line = in.readLine()) {
            if (line == null) {
                throw new IOException("The server closed the connection");
            }
            if (line.startsWith("STAT " + name + " ")) {
                value = Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
            }
        }
        return value;
    }
}
