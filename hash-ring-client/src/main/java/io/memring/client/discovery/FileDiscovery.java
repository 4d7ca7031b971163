package io.memring.client.discovery;

import io.memring.client.ring.Node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Nodes in a file. It is small enough to be read each time: that sees every change, also one of
 * what a link points to, which is how Kubernetes replaces files.
 */
final class FileDiscovery implements Discovery {
    private final Path file;

    FileDiscovery(Path file) {
        this.file = file;
    }

    @Override
    public List<Node> find(NodeQuery query) throws IOException {
        List<Node> nodes = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            int comment = line.indexOf('#');
            String text = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (!text.isEmpty()) {
                nodes.add(node(number, text));
            }
        }
        return nodes;
    }

    private Node node(int number, String text) throws IOException {
        try {
            return Node.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ", line " + number + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }
}
