package io.memring.client.pattern;

import io.memring.client.Cas;
import io.memring.client.HashRing;
import io.memring.client.Lookup;
import io.memring.client.StoreResult;
import io.memring.client.SyncCommands;
import io.memring.client.Ttl;
import io.memring.client.codec.Codec;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Sessions that live while they are used, and no longer than they may. Loading prolongs a session
 * in the same round trip; saving fails if somebody else has saved it since. A node that is lost
 * takes its sessions with it: there is no copy. Any number of threads may use one; what the cache
 * cannot do is thrown as a {@link io.memring.client.error.MemcacheException}.
 *
 * <pre>{@code
 * SessionStore<Cart> carts =
 *         new SessionStore<>(client, cartCodec, Duration.ofMinutes(30), Duration.ofHours(12));
 * SessionStore.Session<Cart> session = carts.load(id).orElseThrow();
 * carts.save(id, session, changedCart);
 * }</pre>
 *
 * @param <S> what a session holds
 */
public final class SessionStore<S> {
    private static final String PREFIX = "session:";

    private final SyncCommands<Stamped<S>> cache;
    private final Duration maxInactive;
    private final Duration maxLife;
    private final Clock clock;

    /**
     * A session as it was loaded.
     *
     * @param created when it was
     * @param version what it is saved over
     */
    public record Session<S>(S value, Instant created, Cas version) {}

    /** What came of saving. */
    public enum Saved {
        /** It is saved. */
        SAVED,
        /** Somebody else has saved it since it was loaded: load, merge, save. */
        CONFLICT,
        /** It has ended. */
        ENDED
    }

    /**
     * Sessions of a client.
     *
     * @param maxInactive how long a session lives that nobody loads
     * @param maxLife how long a session lives at most
     */
    public SessionStore(HashRing client, Codec<S> codec, Duration maxInactive, Duration maxLife) {
        this(client, codec, maxInactive, maxLife, Clock.systemUTC());
    }

    /** The same by another clock. */
    public SessionStore(
            HashRing client, Codec<S> codec, Duration maxInactive, Duration maxLife, Clock clock) {
        this.cache = client.sync(new StampedCodec<>(codec));
        this.maxInactive = maxInactive;
        this.maxLife = maxLife;
        this.clock = clock;
    }

    /** Begins a session; false if there is one of that identity. */
    public boolean create(String id, S value) {
        Stamped<S> stamped = new Stamped<>(clock.millis(), value);
        return cache.add(PREFIX + id, stamped, ttl(stamped)) == StoreResult.STORED;
    }

    /** A session, which is prolonged by that; empty if there is none, or it is too old. */
    public Optional<Session<S>> load(String id) {
        Lookup<Stamped<S>> found = cache.lookupAndTouch(PREFIX + id, Ttl.of(maxInactive));
        if (!(found instanceof Lookup.Hit<Stamped<S>> hit)) {
            return Optional.empty();
        }
        Stamped<S> stamped = hit.value();
        if (isOver(stamped)) {
            cache.invalidate(PREFIX + id);
            return Optional.empty();
        }
        Instant created = Instant.ofEpochMilli(stamped.createdMillis());
        return Optional.of(new Session<>(stamped.value(), created, hit.cas()));
    }

    /** Saves what a session that was loaded holds now. */
    public Saved save(String id, Session<S> loaded, S value) {
        Stamped<S> stamped = new Stamped<>(loaded.created().toEpochMilli(), value);
        if (isOver(stamped)) {
            cache.invalidate(PREFIX + id);
            return Saved.ENDED;
        }
        StoreResult result =
                cache.compareAndSet(PREFIX + id, stamped, loaded.version(), ttl(stamped));
        return switch (result) {
            case STORED -> Saved.SAVED;
            case CAS_MISMATCH, NOT_STORED -> Saved.CONFLICT;
            case NOT_FOUND -> Saved.ENDED;
        };
    }

    /** Gives a session another identity, as after a login; false if it has ended. */
    public boolean changeId(String id, String newId) {
        Optional<Session<S>> session = load(id);
        if (session.isEmpty()) {
            return false;
        }
        Stamped<S> stamped =
                new Stamped<>(session.get().created().toEpochMilli(), session.get().value());
        cache.set(PREFIX + newId, stamped, ttl(stamped));
        cache.invalidate(PREFIX + id);
        return true;
    }

    /** Ends a session. */
    public void end(String id) {
        cache.invalidate(PREFIX + id);
    }

    private boolean isOver(Stamped<S> stamped) {
        return rest(stamped).isNegative() || rest(stamped).isZero();
    }

    private Ttl ttl(Stamped<S> stamped) {
        Duration rest = rest(stamped);
        return Ttl.of(rest.compareTo(maxInactive) < 0 ? rest : maxInactive);
    }

    private Duration rest(Stamped<S> stamped) {
        return maxLife.minusMillis(clock.millis() - stamped.createdMillis());
    }
}
