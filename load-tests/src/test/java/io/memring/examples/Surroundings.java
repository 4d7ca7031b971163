package io.memring.examples;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.memring.client.HashRing;
import io.memring.client.SyncCommands;
import io.memring.client.codec.Codec;
import io.memring.client.codec.Codecs;
import io.memring.client.jackson.JacksonCodecs;
import io.memring.client.pattern.Loader;
import io.memring.client.pattern.SessionStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What examples take for granted: each is the body of {@link #run} in a class of its own. */
public abstract class Surroundings {

    /** What is cached. */
    public record User(String name) {}

    /** What a session holds. */
    public record Cart(int items) {}

    /** Where users come from. */
    public static final class Database {
        private final Map<Long, User> users = new HashMap<>(Map.of(42L, new User("alice")));

        /** One user. */
        public User findUser(long id) {
            return users.getOrDefault(id, new User("nobody"));
        }

        /** Many users. */
        public Map<Long, User> findUsers(Set<Long> ids) {
            return ids.stream().collect(Collectors.toMap(id -> id, this::findUser));
        }

        /** Keeps a user. */
        public void saveUser(long id, User user) {
            users.put(id, user);
        }
    }

    protected final ObjectMapper mapper = new ObjectMapper();
    protected final Codec<User> userCodec = JacksonCodecs.json(mapper, User.class);
    protected final Codec<Cart> cartCodec = JacksonCodecs.json(mapper, Cart.class);
    protected final Codec<String> codec = Codecs.string();
    protected final Function<Long, String> keys = number -> "value:" + number;
    protected final Loader<Long, String> loader = number -> "value " + number;
    protected final Database database = new Database();
    protected final User user = new User("alice");
    protected final Cart changedCart = new Cart(2);
    protected final String id = "id";
    protected final String password = "open sesame";
    protected final MeterRegistry registry = new SimpleMeterRegistry();
    protected final HashRing client;
    protected final SyncCommands<String> cache;

    protected Surroundings(HashRing client) {
        this.client = client;
        this.cache = client.sync();
        new SessionStore<>(client, cartCodec, Duration.ofMinutes(30), Duration.ofHours(12))
                .create(id, new Cart(1));
    }

    /** Anything that an application does with the address of a node. */
    protected void connectTo(InetSocketAddress address) {}

    /** The example. */
    public abstract void run() throws Exception;
}
