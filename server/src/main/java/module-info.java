/** The node: listeners, connections, dispatch, command line and embedding. */
module io.memring.server {
    requires transitive io.memring.engine;
    requires info.picocli;
    requires io.memring.protocol.binary;
    requires io.memring.protocol.text;
    requires io.netty.buffer;
    requires io.memring.sasl;
    requires io.memring.slab;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.tcnative.classes.openssl;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.classes.io_uring;
    requires io.netty.transport.unix.common;
    requires java.naming;
    requires static transitive org.jspecify;
    requires static transitive org.junit.jupiter.api;

    opens io.memring.server to
            info.picocli;

    exports io.memring.server;
    exports io.memring.server.testsupport;
}
