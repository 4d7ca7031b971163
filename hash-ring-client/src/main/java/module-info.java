/** The client: a ring of memcached nodes, connections to them, and patterns of caching. */
module io.memring.client {
    requires io.netty.buffer;
    requires io.netty.common;
    requires transitive io.netty.handler;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires static transitive org.jspecify;

    exports io.memring.client;
    exports io.memring.client.codec;
    exports io.memring.client.error;
    exports io.memring.client.pattern;
    exports io.memring.client.ring;
}
