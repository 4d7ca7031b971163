package io.memring.client;

import io.memring.client.connection.ConnectionConfig;
import io.memring.client.discovery.Discovery;
import io.memring.client.discovery.HostLookup;
import io.memring.client.ring.Node;
import io.memring.client.ring.RingFactory;
import io.memring.client.ring.Rings;
import io.memring.client.ring.Routing;
import io.memring.sasl.Mechanism;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;

import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

import javax.net.ssl.SSLException;

/**
 * Settings of a {@link HashRing}. What is not set has a default that suits most. One thread at a
 * time. What cannot be is refused with an {@link IllegalArgumentException}, by the method or by
 * {@link #build}.
 */
public final class HashRingBuilder {
    private static final int MAX_DEFAULT_IO_THREADS = 4;
    private static final int MAX_VALUE_LENGTH = 1 << 30;

    final List<Node> nodes = new ArrayList<>();
    RingFactory ring = Rings.ketama();
    Routing routing = Routing.wholeKey();
    NodeDown nodeDown = NodeDown.FAIL;
    Duration operationTimeout = Duration.ofMillis(500);
    Duration bulkTimeout = Duration.ofSeconds(1);
    int ioThreads =
            Math.max(
                    1,
                    Math.min(
                            MAX_DEFAULT_IO_THREADS,
                            Runtime.getRuntime().availableProcessors() / 2));
    Transport transport = Transport.AUTO;
    Clock clock = Clock.systemUTC();
    ClientListener listener = ClientListener.NONE;
    HostLookup hostLookup = HostLookup.ofSystem();
    @Nullable Discovery discovery;
    private Protocol protocol = Protocol.META;
    private Duration connectTimeout = Duration.ofSeconds(1);
    private Duration hangTimeout = Duration.ofSeconds(5);
    private Duration maxBackoff = Duration.ofSeconds(1);
    private int connectionsPerNode = 1;
    private int maxInFlight = 16_384;
    private int breakerFailures = 20;
    private Duration breakerOpenFor = Duration.ofMillis(500);
    private boolean retryLostReads = true;
    private String keyPrefix = "";
    private OddKeys oddKeys = OddKeys.REJECT;
    private @Nullable SslContext tls;
    private @Nullable Supplier<String> credentials;
    private List<Mechanism> saslMechanisms = List.of();

    HashRingBuilder() {}

    // ---- Nodes ----

    /**
     * Adds nodes, each written {@code [name@]host[:port][*weight]}; the port is 11211 and the
     * weight 1 where they are left out.
     */
    public HashRingBuilder nodes(String... texts) {
        for (String text : texts) {
            nodes.add(Node.parse(text));
        }
        return this;
    }

    /** Adds a node. */
    public HashRingBuilder node(Node node) {
        nodes.add(node);
        return this;
    }

    /**
     * Finds the nodes, now and later. It is asked before {@link #build} returns; if it fails, those
     * named here are used until it succeeds, and without any, operations fail.
     */
    public HashRingBuilder discovery(Discovery source) {
        discovery = source;
        return this;
    }

    /** How keys are placed; weighted Ketama by default. */
    public HashRingBuilder ring(RingFactory factory) {
        ring = factory;
        return this;
    }

    /** Which part of a key decides about its node; the whole key by default. */
    public HashRingBuilder routing(Routing rule) {
        routing = rule;
        return this;
    }

    /** What becomes of keys whose node does not answer; their operations fail by default. */
    public HashRingBuilder onNodeDown(NodeDown reaction) {
        nodeDown = reaction;
        return this;
    }

    // ---- Keys ----

    /**
     * What is put in front of all keys; nothing by default. It counts among a key's 250 bytes, and
     * decides about the node with the rest of the key unless {@link #routing} leaves it out.
     */
    public HashRingBuilder keyPrefix(String prefix) {
        keyPrefix = prefix;
        return this;
    }

    /** What becomes of keys that memcached does not take; they are refused by default. */
    public HashRingBuilder oddKeys(OddKeys policy) {
        oddKeys = policy;
        return this;
    }

    // ---- Time ----

    /** From call to result of one operation; half a second by default. Kept to within 10 ms. */
    public HashRingBuilder operationTimeout(Duration timeout) {
        operationTimeout = positive("operationTimeout", timeout);
        return this;
    }

    /** From call to result of an operation on many items; one second by default. */
    public HashRingBuilder bulkTimeout(Duration timeout) {
        bulkTimeout = positive("bulkTimeout", timeout);
        return this;
    }

    /** For making a connection, and again for TLS and a login; one second by default. */
    public HashRingBuilder connectTimeout(Duration timeout) {
        connectTimeout = timeout;
        return this;
    }

    /**
     * How long a connection may be silent while a reply is due before it is given up for a new one;
     * five seconds by default.
     */
    public HashRingBuilder hangTimeout(Duration timeout) {
        hangTimeout = timeout;
        return this;
    }

    /** The longest pause between attempts to connect; one second by default. */
    public HashRingBuilder maxBackoff(Duration pause) {
        maxBackoff = pause;
        return this;
    }

    private static Duration positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("must be positive: " + name + "=" + value);
        }
        return value;
    }

    // ---- Connections ----

    /** The protocol; meta by default. */
    public HashRingBuilder protocol(Protocol choice) {
        protocol = choice;
        return this;
    }

    /** Connections to each node; one by default, which is rarely too few. */
    public HashRingBuilder connectionsPerNode(int connections) {
        connectionsPerNode = connections;
        return this;
    }

    /**
     * Requests that may wait or be on their way on a connection; 16,384 by default. More fail at
     * once with an {@link io.memring.client.error.OverloadedException}.
     */
    public HashRingBuilder maxInFlight(int requests) {
        maxInFlight = requests;
        return this;
    }

    /**
     * When a node is left alone: after so many timeouts in a row, until it answers a probe, which
     * is sent in intervals; 20 and half a second by default.
     */
    public HashRingBuilder circuitBreaker(int timeouts, Duration probeInterval) {
        breakerFailures = timeouts;
        breakerOpenFor = probeInterval;
        return this;
    }

    /**
     * Whether an operation goes out once more after its connection broke, if doing it twice does
     * the same as doing it once; true by default.
     */
    public HashRingBuilder retryAfterLoss(boolean retry) {
        retryLostReads = retry;
        return this;
    }

    /** Threads for input and output; half of the processors, at most 4, by default. */
    public HashRingBuilder ioThreads(int threads) {
        ioThreads = threads;
        return this;
    }

    /** How input and output are done; by default the best way that the machine has. */
    public HashRingBuilder transport(Transport choice) {
        transport = choice;
        return this;
    }

    /**
     * What finds the addresses of hosts, asked anew for each attempt to connect; the JDK by
     * default.
     */
    public HashRingBuilder hostLookup(HostLookup lookup) {
        hostLookup = lookup;
        return this;
    }

    // ---- Security ----

    /**
     * Encrypts connections. A context that {@code SslContextBuilder.forClient()} makes checks that
     * a node's certificate is for the host that the node was configured with.
     */
    public HashRingBuilder tls(SslContext context) {
        tls = context;
        return this;
    }

    /**
     * Encrypts connections to nodes whose certificates are for the hosts they were configured with,
     * and signed by one of these authorities.
     *
     * @param authorities a PEM file
     * @throws UncheckedIOException if it holds no certificates
     */
    public HashRingBuilder tls(Path authorities) {
        return tls(context(SslContextBuilder.forClient(), authorities));
    }

    /**
     * The same, showing a certificate to nodes that want to see one.
     *
     * @param authorities a PEM file
     * @param certificateChain a PEM file with the client's own certificate first
     * @param privateKey a PEM file with the key of that certificate
     */
    public HashRingBuilder tls(Path authorities, Path certificateChain, Path privateKey) {
        SslContextBuilder builder =
                SslContextBuilder.forClient()
                        .keyManager(certificateChain.toFile(), privateKey.toFile());
        return tls(context(builder, authorities));
    }

    private static SslContext context(SslContextBuilder builder, Path authorities) {
        try {
            return builder.trustManager(authorities.toFile()).build();
        } catch (SSLException e) {
            throw new UncheckedIOException("TLS cannot be set up: authorities=" + authorities, e);
        }
    }

    /**
     * Presents user and password on each connection: in the text protocols as memcached's text
     * authentication wants, in the binary protocol with SASL.
     */
    public HashRingBuilder credentials(String user, String password) {
        return credentials(() -> user + ' ' + password);
    }

    /** The same with user and password, separated by a space, of the moment. */
    public HashRingBuilder credentials(Supplier<String> userAndPassword) {
        credentials = userAndPassword;
        return this;
    }

    /**
     * What to log in by in the binary protocol, the preferred mechanism first: the first one that
     * the node has too is used. By default SCRAM, and over TLS also PLAIN, which sends the password
     * as it is. EXTERNAL needs no credentials but the client's certificate.
     */
    public HashRingBuilder saslMechanisms(Mechanism... mechanisms) {
        saslMechanisms = List.of(mechanisms);
        if (saslMechanisms.contains(Mechanism.CRAM_MD5)) {
            throw new IllegalArgumentException("CRAM-MD5 is for nodes alone");
        }
        return this;
    }

    // ---- Watching ----

    /** Hears what happens, besides those who hear it already. */
    public HashRingBuilder listener(ClientListener another) {
        listener =
                listener instanceof GuardedListener earlier
                        ? earlier.and(another)
                        : new GuardedListener(another);
        return this;
    }

    /**
     * Starts the client, which begins to connect and waits for nothing but the first answer of a
     * {@link #discovery}.
     */
    public HashRing build() {
        return new HashRing(this, new Random());
    }

    Keys keys() {
        return new Keys(keyPrefix, oddKeys);
    }

    ConnectionConfig connection() {
        return new ConnectionConfig(
                protocol.wireFormat,
                connectionsPerNode,
                connectTimeout,
                hangTimeout,
                maxInFlight,
                breakerFailures,
                breakerOpenFor,
                maxBackoff,
                MAX_VALUE_LENGTH,
                retryLostReads,
                tls,
                credentials,
                mechanisms());
    }

    /** A password that can be read on its way is not sent unless that is asked for. */
    private List<Mechanism> mechanisms() {
        if (!saslMechanisms.isEmpty()) {
            return saslMechanisms;
        }
        return tls == null
                ? List.of(Mechanism.SCRAM_SHA_512, Mechanism.SCRAM_SHA_256)
                : List.of(Mechanism.SCRAM_SHA_512, Mechanism.SCRAM_SHA_256, Mechanism.PLAIN);
    }
}
