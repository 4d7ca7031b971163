package io.memring.client.ring;

/** How a node is called when its points are computed. An explicit name always goes first. */
public enum NodeNaming {
    /** {@code host:port}. */
    HOST_PORT {
        @Override
        String address(Node node) {
            return node.address();
        }
    },
    /** {@code host}, followed by {@code :port} unless that is 11211. */
    HOST_UNLESS_DEFAULT_PORT {
        @Override
        String address(Node node) {
            return node.port() == Node.DEFAULT_PORT ? node.host() : node.address();
        }
    },
    /** {@code /host:port}. */
    SLASH_HOST_PORT {
        @Override
        String address(Node node) {
            return '/' + node.address();
        }
    },
    /** {@code ip:port} for an IP address; a host name would need what it resolves to. */
    SOCKET_ADDRESS {
        @Override
        String address(Node node) {
            return literal(node, node.host() + "/10.0.0.7:" + node.port());
        }
    },
    /** {@code /ip:port} for an IP address; a host name would need what it resolves to. */
    SLASH_SOCKET_ADDRESS {
        @Override
        String address(Node node) {
            return '/' + literal(node, node.host() + "/10.0.0.7:" + node.port());
        }
    };

    /** The node's name in this format. */
    public final String nameOf(Node node) {
        String name = node.name();
        return name == null ? address(node) : name;
    }

    abstract String address(Node node);

    /**
     * Names that hold a resolved address differ between machines and change with DNS. Whoever needs
     * one has to write it down.
     */
    private static String literal(Node node, String example) {
        if (!node.isLiteral()) {
            throw new IllegalArgumentException(
                    "this format calls nodes host/ip:port; give the node a name such as "
                            + example
                            + ": node="
                            + node);
        }
        return node.host().indexOf(':') < 0
                ? node.address()
                : '[' + node.host() + "]:" + node.port();
    }
}
