/** The client: a ring of memcached nodes, connections to them, and patterns of caching. */
module io.memring.client {
    requires static transitive org.jspecify;

    exports io.memring.client.ring;
}
