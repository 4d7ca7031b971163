/**
 * memcached's classic text protocol and its meta commands: a request decoder that reads lines in
 * place, and encoders that write replies into the caller's buffer. It knows no cache and no
 * connection.
 */
module io.memring.protocol.text {
    requires transitive io.netty.buffer;
    requires static transitive org.jspecify;

    exports io.memring.protocol.text;
}
