package io.memring.client;

import io.memring.client.codec.Codec;
import io.memring.client.codec.Codecs;
import io.memring.client.connection.ConnectionState;
import io.memring.client.connection.Network;
import io.memring.client.connection.NodeLink;
import io.memring.client.discovery.Discovery;
import io.memring.client.discovery.NodeQuery;
import io.memring.client.error.ClientClosedException;
import io.memring.client.error.Origin;
import io.memring.client.ring.Node;
import io.memring.client.ring.Ring;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * A client of several memcached nodes. One instance serves a whole application and any number of
 * threads, as long as the application lives.
 *
 * <pre>{@code
 * try (HashRing client = HashRing.builder().nodes("cache-a:11211", "cache-b:11211").build()) {
 *     client.sync().set("greeting", "hello", Ttl.of(Duration.ofMinutes(1)));
 * }
 * }</pre>
 *
 * <p>It starts to connect at once and waits for nothing; {@link #awaitReady} does. It closes
 * without hooks in the JVM: whoever made it closes it.
 */
public final class HashRing implements AutoCloseable {
    private final HashRingBuilder settings;
    private final Network network;
    private final Dispatcher dispatcher;
    private final Waiter waiter;
    private final Scope scope;
    private final RandomGenerator random;

    private final @Nullable NodeWatch watch;
    private final CompletableFuture<Void> firstNodes = new CompletableFuture<>();

    /** Guarded by this. */
    private @Nullable Topology current;

    /** Guarded by this. */
    private boolean closed;

    HashRing(HashRingBuilder settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
        this.network =
                new Network(settings.ioThreads, settings.transport.kind(), settings.hostLookup);
        this.dispatcher =
                new Dispatcher(settings.keys(), settings.clock, new Watch(settings.listener));
        this.waiter = new Waiter(network);
        this.scope =
                new Scope(settings.operationTimeout.toNanos(), settings.bulkTimeout.toNanos(), "");
        Discovery discovery = settings.discovery;
        if (discovery == null || !settings.nodes.isEmpty()) {
            useNodes(settings.nodes);
        }
        watch = discovery == null ? null : watch(discovery);
    }

    private NodeWatch watch(Discovery discovery) {
        NodeQuery query =
                (node, line) ->
                        waiter.await(
                                NodeLink.ask(node, line, network, settings.connection(), random));
        NodeWatch started = new NodeWatch(discovery, query, this::useNodes, settings.listener);
        started.start();
        return started;
    }

    /** A builder, in which only the nodes have to be named. */
    public static HashRingBuilder builder() {
        return new HashRingBuilder();
    }

    // ---- Views ----

    /** Operations on text that wait for their results. */
    public SyncCommands<String> sync() {
        return sync(Codecs.string());
    }

    /** Operations on other values that wait for their results. */
    public <V> SyncCommands<V> sync(Codec<V> codec) {
        return new SyncCommands<>(async(codec), waiter);
    }

    /** Operations on text that return at once. */
    public AsyncCommands<String> async() {
        return async(Codecs.string());
    }

    /** Operations on other values that return at once. */
    public <V> AsyncCommands<V> async(Codec<V> codec) {
        return new AsyncCommands<>(dispatcher, codec, scope);
    }

    /** Changes that nobody waits for. */
    public <V> QuietCommands<V> quiet(Codec<V> codec) {
        return new QuietCommands<>(async(codec));
    }

    /** What concerns nodes rather than keys. */
    public Admin admin() {
        return new Admin(dispatcher, waiter, scope);
    }

    // ---- Nodes ----

    /** The ring of this moment. */
    public Ring ring() {
        return dispatcher.topology().ring;
    }

    /** The node that a key belongs to, by the same prefix and routing as in operations. */
    public Node nodeFor(String key) {
        return dispatcher.topology().linkFor(dispatcher.keys.of(key).routing).node();
    }

    /** How it goes with each node. */
    public List<NodeFigures> nodes() {
        return dispatcher.topology().links.stream().map(NodeFigures::of).toList();
    }

    /** How it stands with the connections to each node, by the node's identity. */
    public Map<String, NodeState> nodeStates() {
        Map<String, NodeState> states = new LinkedHashMap<>();
        for (NodeLink link : dispatcher.topology().links) {
            states.put(link.node().id(), NodeState.of(link.state()));
        }
        return states;
    }

    /** Requests to each node that wait or are on their way, by the node's identity. */
    public Map<String, Integer> inFlight() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (NodeLink link : dispatcher.topology().links) {
            counts.put(link.node().id(), link.inFlight());
        }
        return counts;
    }

    /**
     * Replaces the nodes. Connections to nodes that stay are kept; those to nodes that leave take
     * no new requests and close when those under way are answered.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for what leaves.
    public void useNodes(List<Node> nodes) {
        List<NodeLink> left = new ArrayList<>();
        Ring before = null;
        Ring ring;
        synchronized (this) {
            if (closed) {
                throw new ClientClosedException(Origin.local("useNodes"));
            }
            Topology old = current;
            Map<String, NodeLink> known = new LinkedHashMap<>();
            if (old != null) {
                if (old.ring.nodes().equals(nodes)) {
                    return;
                }
                old.links.forEach(link -> known.put(link.node().id(), link));
                before = old.ring;
            }
            ring = settings.ring.build(nodes);
            Topology next = topology(ring, known);
            left.addAll(known.values());
            current = next;
            dispatcher.use(next);
        }
        firstNodes.complete(null);
        left.forEach(link -> link.close(settings.operationTimeout));
        if (before != null) {
            dispatcher.watch.ringChanged(before, ring);
        }
    }

    /** Takes what is still needed out of the known links, and makes what is missing. */
    private Topology topology(Ring ring, Map<String, NodeLink> known) {
        List<NodeLink> links = new ArrayList<>();
        for (Node node : ring.nodes()) {
            NodeLink old = known.get(node.id());
            if (old != null && old.node().address().equals(node.address())) {
                known.remove(node.id());
                links.add(old);
            } else {
                links.add(
                        new NodeLink(
                                node, network, settings.connection(), this::stateChanged, random));
            }
        }
        return new Topology(ring, links, settings.routing, settings.nodeDown);
    }

    private void stateChanged(
            Node node, ConnectionState from, ConnectionState to, @Nullable Throwable cause) {
        dispatcher.watch.nodeState(node, NodeState.of(from), NodeState.of(to), cause);
    }

    /** Waits until every node has been connected to; false if that takes longer. */
    public boolean awaitReady(Duration patience) {
        CompletableFuture<Void> ready = firstNodes.thenCompose(known -> linksReady());
        return Boolean.TRUE.equals(
                waiter.await(
                        ready.thenApply(nothing -> true)
                                .completeOnTimeout(
                                        false, patience.toNanos(), TimeUnit.NANOSECONDS)));
    }

    private CompletableFuture<Void> linksReady() {
        return CompletableFuture.allOf(
                dispatcher.topology().links.stream()
                        .map(NodeLink::firstReady)
                        .toArray(CompletableFuture[]::new));
    }

    /** Refuses new operations, waits for those under way up to their time limit, and closes. */
    @Override
    public void close() {
        close(settings.operationTimeout);
    }

    /** The same with a time limit of its own. */
    public void close(Duration patience) {
        List<NodeLink> links;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            links = current == null ? List.of() : current.links;
            dispatcher.close();
        }
        if (watch != null) {
            watch.close();
        }
        waiter.await(
                CompletableFuture.allOf(
                        links.stream()
                                .map(link -> link.close(patience))
                                .toArray(CompletableFuture[]::new)));
        network.close();
    }
}
