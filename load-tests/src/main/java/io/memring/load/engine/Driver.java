package io.memring.load.engine;

import io.memring.client.ring.Ring;
import io.memring.load.result.CommandKind;
import io.memring.load.wire.Protocol;
import io.memring.load.wire.ReplyException;
import io.memring.load.workload.KeySpace;
import io.memring.load.workload.Request;
import io.memring.load.workload.RequestSource;
import io.memring.load.workload.ValueText;
import io.memring.load.workload.Workload;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Decides which client sends how much, and when. Knows no sockets. Owned by one load thread.
 *
 * <p>In the open loop the clients with room wait in a queue and take turns; when none has room,
 * {@link Pacer#due()} stays behind the time, and the requests that are due go out in their order
 * when there is room again. So no queue of requests is needed, however long a stall.
 */
final class Driver {

    /**
     * What all threads of a run have in common.
     *
     * @param ring null if there is one node
     * @param pipeline requests of a client in flight
     * @param requestsPerConnection after which a client opens its connections anew; 0 for never
     */
    record Shared(
            Workload workload,
            Protocol protocol,
            KeySpace keys,
            KeySpace counters,
            ValueText values,
            @Nullable Ring ring,
            int pipeline,
            long requestsPerConnection) {}

    private final Shared shared;
    private final Outlet outlet;
    private final LongSupplier clock;
    private final List<Client> clients;
    private final Recorder recorder = new Recorder();
    private final ArrayDeque<Client> withRoom = new ArrayDeque<>();
    private final Request request;
    private final Request part;
    private final byte[] routingKey;

    private @Nullable RequestSource source;
    private @Nullable Pacer pacer;
    private long budget;
    private long drawn;
    private boolean stopping = true;

    /** Since when there has been a client with room, in the open loop. */
    private long roomSince;

    /** When replies that are being taken in have arrived. */
    private long now;

    /** Requests of all clients without a reply. */
    int inFlight;

    /**
     * Clients without connections.
     *
     * @param clock nanoseconds
     */
    Driver(Shared shared, int clientCount, int nodes, Outlet outlet, LongSupplier clock) {
        this.shared = shared;
        this.outlet = outlet;
        this.clock = clock;
        request = new Request(shared.workload().multigetKeys());
        part = new Request(shared.workload().multigetKeys());
        routingKey = new byte[Math.max(shared.keys().length(), shared.counters().length())];
        Client[] all = new Client[clientCount];
        for (int i = 0; i < clientCount; i++) {
            all[i] = new Client(nodes);
            for (int node = 0; node < nodes; node++) {
                all[i].connections[node] = new Connection(this, all[i], node);
            }
        }
        clients = List.of(all);
    }

    List<Client> clients() {
        return clients;
    }

    Recorder recorder() {
        return recorder;
    }

    Protocol protocol() {
        return shared.protocol();
    }

    /** When the replies that are being taken in have arrived. */
    long now() {
        return now;
    }

    boolean isStopping() {
        return stopping;
    }

    /**
     * Begins a leg.
     *
     * @param newPacer null in the closed loop
     * @param newBudget how many requests may be drawn
     */
    void begin(RequestSource newSource, @Nullable Pacer newPacer, long newBudget) {
        assert inFlight == 0;
        source = newSource;
        pacer = newPacer;
        budget = newBudget;
        drawn = 0;
        stopping = false;
        recorder.reset(newPacer != null);
        roomSince = clock.getAsLong();
        withRoom.clear();
        for (Client client : clients) {
            client.isQueued = false;
            client.openingSince = 0;
            offer(client);
        }
    }

    /** Draws no more requests. */
    void stop() {
        stopping = true;
    }

    /** True when no request will be sent any more and none is without a reply. */
    boolean isDone() {
        return stopping && inFlight == 0;
    }

    /** How much of the budget is used, from 0 to 1; of a trace it is not known. */
    double progress() {
        return budget == Long.MAX_VALUE ? 0 : drawn / (double) budget;
    }

    /**
     * When the next request of an open loop is due; the far future if there is nothing to wait for.
     */
    long nextDue() {
        return pacer == null || stopping || withRoom.isEmpty() ? Long.MAX_VALUE : pacer.due();
    }

    /** Lets a client go on that has got replies, or new connections. */
    void offer(Client client) {
        if (stopping || !client.isUsable()) {
            return;
        }
        if (pacer == null) {
            if (client.inFlight == 0) {
                refill(client);
            }
        } else if (!client.isQueued && client.inFlight < shared.pipeline()) {
            if (withRoom.isEmpty()) {
                roomSince = clock.getAsLong();
            }
            if (!reopenIfWornOut(client)) {
                client.isQueued = true;
                withRoom.add(client);
            }
        }
    }

    /** The closed loop: as many requests as the pipeline is deep. */
    private void refill(Client client) {
        if (reopenIfWornOut(client)) {
            return;
        }
        long sent = clock.getAsLong();
        long intended = client.openingSince == 0 ? sent : client.openingSince;
        client.openingSince = 0;
        for (int i = 0; i < shared.pipeline() && draw(); i++) {
            issue(client, intended, sent);
        }
        flush(client);
    }

    /** The open loop: sends what is due, as long as somebody has room. */
    void pump() {
        Pacer times = pacer;
        if (times == null) {
            return;
        }
        long time = clock.getAsLong();
        while (!stopping && times.due() <= time) {
            Client client = withRoom.poll();
            if (client == null) {
                return;
            }
            client.isQueued = false;
            if (client.isUsable()) { // It may have lost a connection meanwhile.
                sendDue(client, times, time);
                offer(client);
            }
            time = clock.getAsLong();
        }
    }

    private void sendDue(Client client, Pacer times, long time) {
        while (client.inFlight < shared.pipeline() && times.due() <= time && draw()) {
            long due = times.due();
            recorder.sendLag(time - Math.max(due, roomSince));
            issue(client, due, time);
            times.advance();
        }
        flush(client);
    }

    /** True if the client's connections are being opened anew, as it has used them enough. */
    private boolean reopenIfWornOut(Client client) {
        if (shared.requestsPerConnection() == 0
                || client.served < shared.requestsPerConnection()
                || client.inFlight > 0) {
            return false;
        }
        client.served = 0;
        client.openingSince = clock.getAsLong();
        outlet.reopen(client);
        return true;
    }

    /** Draws the next request; false, from then on, if there are no more. */
    private boolean draw() {
        if (drawn < budget && source != null && source.next(request)) {
            drawn++;
            return true;
        }
        stopping = true;
        return false;
    }

    private void issue(Client client, long intended, long sent) {
        client.served++;
        Ring ring = shared.ring();
        if (ring == null) {
            client.connections[0].enqueue(request, intended, sent);
        } else if (request.kind == CommandKind.MULTIGET) {
            issueParts(client, ring, intended, sent);
        } else {
            int node = nodeOf(ring, request.kind, request.key);
            client.connections[node].enqueue(request, intended, sent);
        }
    }

    /** A MULTIGET becomes one for each node that owns some of its keys. */
    private void issueParts(Client client, Ring ring, long intended, long sent) {
        part.kind = CommandKind.MULTIGET;
        part.valueLength = request.valueLength;
        part.ttl = request.ttl;
        for (int node = 0; node < client.connections.length; node++) {
            part.keyCount = 0;
            for (int i = 0; i < request.keyCount; i++) {
                if (nodeOf(ring, CommandKind.MULTIGET, request.keys[i]) == node) {
                    part.keys[part.keyCount++] = request.keys[i];
                }
            }
            if (part.keyCount > 0) {
                client.connections[node].enqueue(part, intended, sent);
            }
        }
    }

    private int nodeOf(Ring ring, CommandKind kind, long key) {
        KeySpace space = kind == CommandKind.INCR ? shared.counters() : shared.keys();
        return ring.indexFor(routingKey, 0, space.write(routingKey, 0, key));
    }

    private void flush(Client client) {
        for (Connection connection : client.connections) {
            if (connection.hasUnsent()) {
                outlet.flush(connection);
            }
        }
    }

    /** Takes in what has arrived on a connection, and lets its client go on. */
    void receive(Connection connection, byte[] in, int length) throws ReplyException {
        now = clock.getAsLong();
        connection.receive(in, length);
        if (connection.hasUnsent()) {
            outlet.flush(connection);
        }
        offer(connection.client);
    }

    /** Encodes a request that a reply has asked for, under the same key. */
    void followUp(Connection connection, CommandKind kind, InFlight.Slot slot) {
        prepareFollowUp(kind, slot.key, slot.valueLength, slot.ttl);
        part.casUnique = slot.casUnique;
        connection.enqueue(part, now, now);
    }

    /** Stores what a fetch has missed, if that is wanted. */
    void fillMisses(Connection connection, InFlight.Slot slot) {
        if (!shared.workload().setOnMiss()) {
            return;
        }
        part.keyCount = 0;
        for (int i = 0; i < slot.keyCount(); i++) {
            long key = slot.missingKey(i);
            if (key >= 0) {
                part.keys[part.keyCount++] = key;
            }
        }
        int valueLength = slot.valueLength; // The first store may take the slot over.
        int ttl = slot.ttl;
        for (int i = 0; i < part.keyCount; i++) {
            prepareFollowUp(CommandKind.SET, part.keys[i], valueLength, ttl);
            connection.enqueue(part, now, now);
        }
    }

    private void prepareFollowUp(CommandKind kind, long key, int valueLength, int ttl) {
        part.kind = kind;
        part.key = key;
        part.valueLength = valueLength;
        part.ttl = ttl;
        part.version = (int) now;
    }

    /** Whether a value is one that was stored under its key. */
    boolean isRight(byte[] in, int at, int length, long key) {
        return !shared.workload().verify() || shared.values().verify(in, at, length, key);
    }

    void wrongKey(InFlight.Slot slot, long key) {
        recorder.wrongValue(
                slot.kind,
                "a value came under "
                        + (key == KeySpace.FOREIGN ? "a foreign key" : "key number " + key)
                        + ", which was not asked for");
    }

    void wrongValue(CommandKind kind, long key, byte[] in, int at, int length) {
        recorder.wrongValue(
                kind,
                "key number %d, %d bytes: %s"
                        .formatted(key, length, shared.values().explain(in, at, length, key)));
    }
}
