/**
 * memcached's binary protocol: a request decoder that reads frames in place, and an encoder that
 * writes replies into the caller's buffer. It knows no cache and no connection.
 */
module io.memring.protocol.binary {
    requires transitive io.netty.buffer;
    requires static transitive org.jspecify;

    exports io.memring.protocol.binary;
}
