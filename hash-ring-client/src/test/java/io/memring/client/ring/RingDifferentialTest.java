package io.memring.client.ring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.code.yanf4j.core.Session;
import com.spotify.folsom.RawMemcacheClient;
import com.spotify.folsom.guava.HostAndPort;
import com.spotify.folsom.ketama.AddressAndClient;
import com.spotify.folsom.ketama.Continuum;

import net.rubyeye.xmemcached.HashAlgorithm;
import net.rubyeye.xmemcached.MemcachedSessionLocator;
import net.rubyeye.xmemcached.impl.KetamaMemcachedSessionLocator;
import net.rubyeye.xmemcached.impl.LibmemcachedMemcachedSessionLocator;
import net.rubyeye.xmemcached.networking.MemcachedSession;
import net.rubyeye.xmemcached.utils.InetSocketAddressWrapper;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * Our rings against those of the real clients, over rings of 1 to 100 nodes; {@link
 * RingDifferentialDeepTest} has more keys.
 */
@Tag("any-jvm")
class RingDifferentialTest {
    private static final int[] NODE_COUNTS = {1, 2, 3, 5, 8, 13, 25, 47, 64, 100};

    /** Formats that know no weights. */
    private static final Set<RingFormat> UNWEIGHTED =
            EnumSet.of(RingFormat.XMEMCACHED_LIBMEMCACHED, RingFormat.FOLSOM);

    /** Of how many nodes a third is down in the end. */
    private static final int[] FEW_NODES = {2, 3, 5, 8, 13};

    private static final int DETOURS_PER_RING = 1_000;
    private static final long SEED = 20261121;

    enum Weights {
        EQUAL,
        MIXED
    }

    /** How many keys each format is compared by. */
    int keysPerFormat() {
        return 22_000;
    }

    /** spymemcached asserts that no two nodes weigh differently or share a point. */
    @BeforeAll
    static void doWithoutAssertionsOfOthers() {
        ClassLoader.getSystemClassLoader().setPackageAssertionStatus("net.spy", false);
    }

    @ParameterizedTest
    @CsvSource({
        "SPYMEMCACHED, EQUAL",
        "SPYMEMCACHED, MIXED",
        "SPYMEMCACHED_LIBMEMCACHED, EQUAL",
        "SPYMEMCACHED_LIBMEMCACHED, MIXED",
    })
    void spymemcached_anyRing_placesKeysAlike(RingFormat format, Weights weights) {
        ClassLoader loader = RingDifferentialTest.class.getClassLoader();
        compare(format, weights, peers -> spymemcached(format, peers, weights, loader));
        compareDetours(format, weights, peers -> spymemcached(format, peers, weights, loader));
    }

    @ParameterizedTest
    @CsvSource({
        "ELASTICACHE, EQUAL",
        "ELASTICACHE, MIXED",
        "ELASTICACHE_LIBMEMCACHED, EQUAL",
        "ELASTICACHE_LIBMEMCACHED, MIXED",
    })
    void elastiCache_anyRing_placesKeysAlike(RingFormat format, Weights weights)
            throws MalformedURLException {
        Path jar = Path.of("target", "peers", "elasticache-java-cluster-client.jar");
        URL[] urls = {jar.toUri().toURL()};
        // Without a parent, so that it does not see the classes of spymemcached.
        ClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
        loader.setDefaultAssertionStatus(false);
        compare(format, weights, peers -> spymemcached(format, peers, weights, loader));
        compareDetours(format, weights, peers -> spymemcached(format, peers, weights, loader));
    }

    @ParameterizedTest
    @CsvSource({
        "XMEMCACHED, EQUAL",
        "XMEMCACHED, MIXED",
        "XMEMCACHED_NGINX, EQUAL",
        "XMEMCACHED_NGINX, MIXED",
        "XMEMCACHED_GWHALIN, EQUAL",
        "XMEMCACHED_GWHALIN, MIXED",
        "XMEMCACHED_LIBMEMCACHED, EQUAL",
    })
    void xmemcached_anyRing_placesKeysAlike(RingFormat format, Weights weights) {
        compare(format, weights, peers -> xmemcached(format, peers));
        compareDetours(format, weights, peers -> xmemcached(format, peers));
    }

    @ParameterizedTest
    @EnumSource(names = "EQUAL")
    void folsom_anyRing_placesKeysAlike(Weights weights) {
        compare(RingFormat.FOLSOM, weights, RingDifferentialTest::folsom);
    }

    /** A node as both sides see it. */
    private record Peer(Node node, InetSocketAddress address, boolean isDown) {
        Peer(Node node, InetSocketAddress address) {
            this(node, address, false);
        }

        Peer down() {
            return new Peer(node, address, true);
        }
    }

    private void compare(
            RingFormat format,
            Weights weights,
            Function<List<Peer>, ToIntFunction<String>> otherRing) {
        Random random = new Random(SEED);
        int runs = UNWEIGHTED.contains(format) ? 1 : Weights.values().length;
        int keys = keysPerFormat() / runs / NODE_COUNTS.length;
        for (int count : NODE_COUNTS) {
            List<Peer> peers = peers(format, count, weights, random);
            Ring ring = format.build(peers.stream().map(Peer::node).toList());
            ToIntFunction<String> other = otherRing.apply(peers);
            int misplaced = 0;
            for (int i = 0; i < keys; i++) {
                String key = key(random);
                Node expected = peers.get(other.applyAsInt(key)).node();
                misplaced += ring.nodeFor(key).equals(expected) ? 0 : 1;
            }
            assertThat(misplaced).as("%s, %d nodes, seed %d", format, count, SEED).isZero();
        }
    }

    /** The same where every third node is down, for keys that the other side finds a node for. */
    private static void compareDetours(
            RingFormat format,
            Weights weights,
            Function<List<Peer>, ToIntFunction<String>> otherRing) {
        Random random = new Random(SEED);
        for (int count : FEW_NODES) {
            List<Peer> peers = new ArrayList<>(peers(format, count, weights, random));
            for (int i = 1; i < count; i += 3) {
                peers.set(i, peers.get(i).down());
            }
            Ring ring = format.build(peers.stream().map(Peer::node).toList());
            ToIntFunction<String> other = otherRing.apply(peers);
            int misplaced = 0;
            for (int i = 0; i < DETOURS_PER_RING; i++) {
                String key = key(random);
                byte[] text = key.getBytes(StandardCharsets.UTF_8);
                int theirs = other.applyAsInt(key);
                int ours = ring.indexFor(text, 0, text.length, node -> !peers.get(node).isDown());
                misplaced += peers.get(theirs).isDown() || ours == theirs ? 0 : 1;
            }
            assertThat(misplaced).as("%s, %d nodes, seed %d", format, count, SEED).isZero();
        }
    }

    private static String key(Random random) {
        int length = 1 + random.nextInt(80);
        StringBuilder key = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            key.append((char) ('!' + random.nextInt('~' - '!' + 1)));
        }
        return key.toString();
    }

    private static List<Peer> peers(RingFormat format, int count, Weights weights, Random random) {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int port = i % 3 == 0 ? 11211 : 12000 + i;
            int weight = weights == Weights.EQUAL ? 1 : 1 + random.nextInt(9);
            // One weight above 1 makes spymemcached weigh all.
            peers.add(peer(format, i, port, weights == Weights.MIXED && i == 0 ? 7 : weight));
        }
        return peers;
    }

    private static Peer peer(RingFormat format, int number, int port, int weight) {
        byte[] ip = {10, 0, (byte) (number / 200), (byte) (1 + number % 200)};
        String literal = "10.0." + number / 200 + '.' + (1 + number % 200);
        boolean byName = format.naming() != NodeNaming.HOST_PORT && number % 2 == 1;
        boolean nginx = format == RingFormat.XMEMCACHED_NGINX;
        String host = nginx ? literal : "cache-" + number;
        try {
            return switch (format.naming()) {
                case SOCKET_ADDRESS, SLASH_SOCKET_ADDRESS ->
                        byName
                                ? new Peer(
                                        new Node(
                                                host,
                                                port,
                                                weight,
                                                host + '/' + literal + ':' + port),
                                        new InetSocketAddress(
                                                InetAddress.getByAddress(host, ip), port))
                                : new Peer(
                                        new Node(literal, port, weight, null),
                                        new InetSocketAddress(InetAddress.getByAddress(ip), port));
                case HOST_PORT, HOST_UNLESS_DEFAULT_PORT, SLASH_HOST_PORT ->
                        new Peer(
                                new Node(host, port, weight, null),
                                new InetSocketAddress(InetAddress.getByAddress(host, ip), port));
            };
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** An object of one of their interfaces that knows its number and a few answers. */
    private record Stub(int index, Map<String, Object> answers) implements InvocationHandler {

        static Object of(Class<?> type, int index, Map<String, Object> answers) {
            return Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, new Stub(index, answers));
        }

        static int indexOf(Object proxy) {
            return ((Stub) Proxy.getInvocationHandler(proxy)).index;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
            return switch (method.getName()) {
                case "hashCode" -> index;
                case "equals" -> arguments != null && indexOf(arguments[0]) == index;
                default -> answers.get(method.getName());
            };
        }
    }

    /** The same by reflection for spymemcached and for what was made of it. */
    private static ToIntFunction<String> spymemcached(
            RingFormat format, List<Peer> peers, Weights weights, ClassLoader loader) {
        try {
            Class<?> nodeType = loader.loadClass("net.spy.memcached.MemcachedNode");
            Class<?> hashType = loader.loadClass("net.spy.memcached.HashAlgorithm");
            Class<?> hashes = loader.loadClass("net.spy.memcached.DefaultHashAlgorithm");
            Class<?> formats = loader.loadClass("net.spy.memcached.KetamaNodeKeyFormatter$Format");
            List<Object> nodes = new ArrayList<>();
            Map<InetSocketAddress, Integer> weightsByAddress = new HashMap<>();
            for (Peer peer : peers) {
                nodes.add(
                        Stub.of(
                                nodeType,
                                nodes.size(),
                                Map.of("getSocketAddress", peer.address())));
                if (weights == Weights.MIXED) {
                    weightsByAddress.put(peer.address(), peer.node().weight());
                }
            }
            boolean own = format.naming() == NodeNaming.SOCKET_ADDRESS;
            Object locator =
                    loader.loadClass("net.spy.memcached.KetamaNodeLocator")
                            .getConstructor(List.class, hashType, formats, Map.class)
                            .newInstance(
                                    nodes,
                                    constant(hashes, "KETAMA_HASH"),
                                    constant(formats, own ? "SPYMEMCACHED" : "LIBMEMCACHED"),
                                    weightsByAddress);
            Method primary = locator.getClass().getMethod("getPrimary", String.class);
            Method sequence = locator.getClass().getMethod("getSequence", String.class);
            return key -> {
                int owner = Stub.indexOf(call(primary, locator, key));
                return peers.get(owner).isDown()
                        ? firstUp(peers, (Iterator<?>) call(sequence, locator, key), owner)
                        : owner;
            };
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /**
     * As spymemcached goes through the sequence; if nothing in it is up, it waits for the owner.
     */
    private static int firstUp(List<Peer> peers, Iterator<?> sequence, int owner) {
        while (sequence.hasNext()) {
            int next = Stub.indexOf(sequence.next());
            if (!peers.get(next).isDown()) {
                return next;
            }
        }
        return owner;
    }

    private static Object call(Method method, Object target, String argument) {
        try {
            return method.invoke(target, argument);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static Object constant(Class<?> type, String name) {
        return Stream.of(type.getEnumConstants())
                .filter(constant -> constant.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ToIntFunction<String> xmemcached(RingFormat format, List<Peer> peers) {
        List<Session> sessions = new ArrayList<>();
        for (Peer peer : peers) {
            sessions.add(session(sessions.size(), peer));
        }
        MemcachedSessionLocator locator =
                switch (format) {
                    case XMEMCACHED -> new KetamaMemcachedSessionLocator();
                    case XMEMCACHED_NGINX -> new KetamaMemcachedSessionLocator(true);
                    case XMEMCACHED_GWHALIN ->
                            new KetamaMemcachedSessionLocator(
                                    HashAlgorithm.KETAMA_HASH, false, true);
                    case XMEMCACHED_LIBMEMCACHED -> new LibmemcachedMemcachedSessionLocator();
                    default -> throw new AssertionError(format);
                };
        locator.updateSessions(sessions);
        return key -> Stub.indexOf(locator.getSessionByKey(key));
    }

    private static Session session(int index, Peer peer) {
        InetSocketAddressWrapper wrapper =
                new InetSocketAddressWrapper(peer.address(), 0, peer.node().weight(), null, false);
        wrapper.setRemoteAddressStr(String.valueOf(peer.address()));
        return (MemcachedSession)
                Stub.of(
                        MemcachedSession.class,
                        index,
                        Map.of(
                                "getInetSocketAddressWrapper",
                                wrapper,
                                "getRemoteSocketAddress",
                                peer.address(),
                                "getWeight",
                                peer.node().weight(),
                                "isClosed",
                                peer.isDown()));
    }

    private static ToIntFunction<String> folsom(List<Peer> peers) {
        List<AddressAndClient> clients = new ArrayList<>();
        for (Peer peer : peers) {
            Object client =
                    Stub.of(RawMemcacheClient.class, clients.size(), Map.of("isConnected", true));
            clients.add(
                    new AddressAndClient(
                            HostAndPort.fromParts(peer.node().host(), peer.node().port()),
                            (RawMemcacheClient) client));
        }
        Continuum continuum = new Continuum(clients);
        return key -> Stub.indexOf(continuum.findClient(key.getBytes(StandardCharsets.UTF_8)));
    }
}
