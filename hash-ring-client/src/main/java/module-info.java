/** The client: a ring of memcached nodes, connections to them, and patterns of caching. */
@SuppressWarnings("requires-automatic") // Of two libraries that are optional.
module io.memring.client {
    requires io.memring.protocol.binary;
    requires transitive io.memring.sasl;
    requires io.netty.buffer;
    requires io.netty.common;
    requires transitive io.netty.handler;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires static io.netty.transport.classes.io_uring;
    requires java.naming;
    requires jdk.jfr;
    requires static com.fasterxml.jackson.core;
    requires static com.fasterxml.jackson.databind;
    requires static com.github.benmanes.caffeine;
    requires static io.opentelemetry.api;
    requires static micrometer.core;
    requires static transitive org.jspecify;

    exports io.memring.client;
    exports io.memring.client.caffeine;
    exports io.memring.client.codec;
    exports io.memring.client.discovery;
    exports io.memring.client.error;
    exports io.memring.client.jackson;
    exports io.memring.client.micrometer;
    exports io.memring.client.opentelemetry;
    exports io.memring.client.pattern;
    exports io.memring.client.ring;
}
