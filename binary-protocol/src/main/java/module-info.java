/**
 * memcached's binary protocol, both sides of it. A node has a request decoder that reads frames in
 * place, and an encoder that writes replies into the caller's buffer; a client has the heads of
 * requests and a decoder of replies. It knows no cache and no connection.
 */
module io.memring.protocol.binary {
    requires transitive io.netty.buffer;
    requires static transitive org.jspecify;

    exports io.memring.protocol.binary;
}
