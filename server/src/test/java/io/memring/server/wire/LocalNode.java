package io.memring.server.wire;

import io.memring.server.CommandLineNode;
import io.memring.server.MemringServer;

import java.util.ArrayList;
import java.util.List;

/** Our node, within this process. */
final class LocalNode implements Node {
    private final MemringServer server;

    private LocalNode(MemringServer server) {
        this.server = server;
    }

    static LocalNode start(List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("-p", "-1", "-l", "127.0.0.1"));
        all.addAll(arguments);
        return new LocalNode(CommandLineNode.start(all.toArray(String[]::new)));
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
