package io.memring.client.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.client.error.InvalidRequestException;
import io.memring.client.ring.Node;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** All connections to one node. */
public final class NodeLink {
    private final Node node;
    private final NodeConnection[] connections;
    private final WireFormat format;
    private final AtomicInteger turns = new AtomicInteger();

    /** Starts to connect to a node. */
    public NodeLink(
            Node node,
            Network network,
            ConnectionConfig config,
            StateListener listener,
            RandomGenerator random) {
        this.node = node;
        this.format = config.wireFormat();
        connections = new NodeConnection[config.perNode()];
        Arrays.setAll(
                connections, i -> new NodeConnection(node, network, config, listener, random));
    }

    /**
     * Sends a line over a connection of its own, in the classic protocol, for the value it yields.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for the end of that connection.
    public static CompletableFuture<byte[]> ask(
            Node node,
            String line,
            Network network,
            ConnectionConfig config,
            RandomGenerator random) {
        NodeLink link =
                new NodeLink(node, network, config.forQuestions(), StateListener.NONE, random);
        Request<byte[]> request = new Request<>(RequestKind.LINE, Reply::value);
        link.submit(
                request.value(0, (line + "\r\n").getBytes(UTF_8))
                        .within(config.connectTimeout().toNanos()));
        return request.whenComplete((reply, failure) -> link.close(Duration.ZERO));
    }

    /** The node. */
    public Node node() {
        return node;
    }

    /**
     * Sends a request; its future has the result, or says why there is none.
     *
     * @return false if the request was not touched, because the node has left
     */
    public boolean submit(Request<?> request) {
        String missing = format.encoder.unsupported(request);
        if (missing != null) {
            request.fail(
                    new InvalidRequestException(
                            request.origin(),
                            "the " + format.text() + " protocol has no " + missing));
            return true;
        }
        NodeConnection connection = connection();
        request.tally = connection.tally();
        return connection.submit(request);
    }

    /** The next one in turn that is up; the next one at all if none is. */
    private NodeConnection connection() {
        if (connections.length == 1) {
            return connections[0];
        }
        int turn = Math.floorMod(turns.getAndIncrement(), connections.length);
        for (int i = 0; i < connections.length; i++) {
            NodeConnection candidate = connections[(turn + i) % connections.length];
            if (!candidate.isDown()) {
                return candidate;
            }
        }
        return connections[turn];
    }

    /** True if requests would be refused at the moment. */
    public boolean isDown() {
        for (NodeConnection connection : connections) {
            if (!connection.isDown()) {
                return false;
            }
        }
        return true;
    }

    /** The best state of its connections. */
    public ConnectionState state() {
        ConnectionState best = connections[0].state();
        for (NodeConnection connection : connections) {
            best = connection.state() == ConnectionState.READY ? ConnectionState.READY : best;
        }
        return best;
    }

    /** Requests that wait or are on their way. */
    public int inFlight() {
        return Arrays.stream(connections).mapToInt(NodeConnection::admitted).sum();
    }

    /** How many of something there have been. */
    public long total(Count count) {
        return Arrays.stream(connections).mapToLong(each -> each.tally().get(count)).sum();
    }

    /** How many requests took how long, by the index in {@link LatencyBuckets}. */
    public long[] latencies() {
        long[] sums = new long[LatencyBuckets.COUNT];
        for (NodeConnection connection : connections) {
            connection.tally().addLatencies(sums);
        }
        return sums;
    }

    /** Done when all its connections have worked once. */
    public CompletableFuture<Void> firstReady() {
        return CompletableFuture.allOf(
                Arrays.stream(connections)
                        .map(NodeConnection::firstReady)
                        .toArray(CompletableFuture[]::new));
    }

    /** Refuses new requests, waits for those on their way, and closes. */
    public CompletableFuture<Void> close(Duration patience) {
        return CompletableFuture.allOf(
                Arrays.stream(connections)
                        .map(connection -> connection.close(patience))
                        .toArray(CompletableFuture[]::new));
    }
}
