package io.memring.client;

import io.memring.client.codec.ClientFlags;
import io.memring.client.codec.Codec;
import io.memring.client.codec.Encoded;
import io.memring.client.connection.Reply;
import io.memring.client.connection.ReplyCode;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

/** Reads replies to fetches. */
record Lookups<V>(Codec<V> codec) {

    /** What is stored to remember that there is no value. */
    static final Encoded ABSENT = new Encoded(ClientFlags.NEGATIVE, new byte[0]);

    Optional<V> optional(Reply reply) {
        return hasValue(reply) ? Optional.of(value(reply)) : Optional.empty();
    }

    /** Whether there is an item, which stands neither for a lease nor for an absence. */
    static boolean hasValue(Reply reply) {
        return reply.code() == ReplyCode.VALUE
                && !reply.isLease()
                && !ClientFlags.isNegative(reply.clientFlags());
    }

    V value(Reply reply) {
        return codec.decode(reply.clientFlags(), reply.value());
    }

    /** The reply to a fetch that takes no lease. */
    Lookup<V> lookup(Reply reply) {
        if (reply.code() != ReplyCode.VALUE) {
            return new Lookup.Miss<>(false, Cas.NO_ITEM);
        }
        return reply.isLease()
                ? new Lookup.Miss<>(reply.won(), new Cas(reply.cas()))
                : found(reply);
    }

    /** The reply to a fetch that makes an empty item without client flags where there is none. */
    Lookup<V> leased(Reply reply) {
        return reply.isLease() && !reply.won() ? new Lookup.Pending<>() : lookup(reply);
    }

    private Lookup<V> found(Reply reply) {
        Cas cas = new Cas(reply.cas());
        Freshness freshness = freshness(reply);
        return ClientFlags.isNegative(reply.clientFlags())
                ? new Lookup.Absent<>(cas, freshness, reply.won())
                : new Lookup.Hit<>(value(reply), cas, remaining(reply), freshness, reply.won());
    }

    private static Freshness freshness(Reply reply) {
        if (reply.stale()) {
            return Freshness.STALE;
        }
        return reply.won() || reply.winGiven() ? Freshness.EXPIRING : Freshness.FRESH;
    }

    private static @Nullable Duration remaining(Reply reply) {
        return reply.ttlSeconds() < 0 ? null : Duration.ofSeconds(reply.ttlSeconds());
    }
}
