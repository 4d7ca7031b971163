package io.memring.client;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.client.ring.Node;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** The ring of the real libmemcached, in this process. It never connects to its nodes. */
@SuppressWarnings("restricted") // To call the library is the point.
final class Libmemcached implements AutoCloseable {
    private static final String LIBRARY = "libmemcached.so.11";
    private static final int SUCCESS = 0;
    private static final int MAX_KEY = 250;

    /** What to tell libmemcached, by the numbers of its memcached_behavior_t. */
    enum Behavior {
        KETAMA(3),
        /** 1 for plain points, 4 for those that spymemcached once had. */
        DISTRIBUTION(9),
        KETAMA_WEIGHTED(16);

        private final int number;

        Behavior(int number) {
            this.number = number;
        }
    }

    private final Arena arena = Arena.ofConfined();
    private final SymbolLookup library = open();
    private final MethodHandle serverByKey =
            function("memcached_server_by_key", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    private final MethodHandle serverPort = function("memcached_server_port", JAVA_SHORT, ADDRESS);
    private final MemorySegment keyBytes = arena.allocate(MAX_KEY);
    private final MemorySegment error = arena.allocate(JAVA_INT);
    private final MemorySegment client;

    Libmemcached() throws Throwable {
        client =
                (MemorySegment)
                        function("memcached_create", ADDRESS, ADDRESS)
                                .invokeExact(MemorySegment.NULL);
    }

    private SymbolLookup open() {
        try {
            return SymbolLookup.libraryLookup(LIBRARY, arena);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "needs " + LIBRARY + ", as from Debian's package libmemcached11", e);
        }
    }

    private MethodHandle function(String name, MemoryLayout result, MemoryLayout... parameters) {
        return Linker.nativeLinker()
                .downcallHandle(
                        library.find(name).orElseThrow(),
                        FunctionDescriptor.of(result, parameters));
    }

    void set(Behavior behavior, long value) throws Throwable {
        MethodHandle set =
                function("memcached_behavior_set", JAVA_INT, ADDRESS, JAVA_INT, JAVA_LONG);
        check((int) set.invokeExact(client, behavior.number, value));
    }

    void add(List<Node> nodes) throws Throwable {
        MethodHandle add =
                function(
                        "memcached_server_add_with_weight",
                        JAVA_INT,
                        ADDRESS,
                        ADDRESS,
                        JAVA_SHORT,
                        JAVA_INT);
        for (Node node : nodes) {
            MemorySegment host = arena.allocateFrom(node.host());
            check((int) add.invokeExact(client, host, (short) node.port(), node.weight()));
        }
    }

    /** The port of the node that a key belongs to. */
    int portFor(String key) throws Throwable {
        byte[] bytes = key.getBytes(UTF_8);
        MemorySegment.copy(bytes, 0, keyBytes, JAVA_BYTE, 0, bytes.length);
        MemorySegment server =
                (MemorySegment)
                        serverByKey.invokeExact(client, keyBytes, (long) bytes.length, error);
        check(error.get(JAVA_INT, 0));
        return Short.toUnsignedInt((short) serverPort.invokeExact(server));
    }

    private static void check(int result) {
        if (result != SUCCESS) {
            throw new IllegalStateException("libmemcached says " + result);
        }
    }

    /** Forgets the library with all that it holds. */
    @Override
    public void close() {
        arena.close();
    }
}
