/**
 * Off-heap memory: the page pool, slab classes, chunks, and the one class that touches raw memory.
 * It knows nothing about items.
 */
module io.memring.slab {
    requires jdk.unsupported;
    requires static transitive org.jspecify;

    exports io.memring.slab to
            io.memring.engine;
    exports io.memring.slab.libc to
            io.memring.server;
}
