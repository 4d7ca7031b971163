package io.memring.client;

import io.memring.client.Lookup.Absent;
import io.memring.client.Lookup.Hit;
import io.memring.client.Lookup.Miss;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Looks up, changes and stores if nobody else did meanwhile; otherwise once more. */
final class UpdateLoop<V> {
    private final AsyncCommands<V> commands;
    private final String key;
    private final Ttl ttl;
    private final Function<@Nullable V, @Nullable V> change;
    private int attemptsLeft;

    UpdateLoop(
            AsyncCommands<V> commands,
            String key,
            Ttl ttl,
            Function<@Nullable V, @Nullable V> change,
            int attempts) {
        this.commands = commands;
        this.key = key;
        this.ttl = ttl;
        this.change = change;
        this.attemptsLeft = attempts;
    }

    CompletableFuture<Optional<V>> next() {
        if (attemptsLeft-- == 0) {
            return CompletableFuture.failedFuture(
                    Keys.invalid("others keep changing the item: key=" + key));
        }
        return commands.lookup(key).thenCompose(this::attempt);
    }

    private CompletableFuture<Optional<V>> attempt(Lookup<V> found) {
        V before = found instanceof Hit<V> hit ? hit.value() : null;
        V after = change.apply(before);
        return after == null
                ? CompletableFuture.completedFuture(Optional.empty())
                : store(found, after).thenCompose(result -> stored(result, after));
    }

    private CompletableFuture<StoreResult> store(Lookup<V> found, V after) {
        if (found instanceof Hit<V> hit) {
            return commands.compareAndSet(key, after, hit.cas(), ttl);
        }
        if (found instanceof Absent<V> absent) {
            return commands.compareAndSet(key, after, absent.cas(), ttl);
        }
        assert found instanceof Miss : "no lease was asked for: " + found;
        Cas lease = ((Miss<V>) found).cas();
        return lease.equals(Cas.NO_ITEM)
                ? commands.add(key, after, ttl)
                : commands.compareAndSet(key, after, lease, ttl);
    }

    private CompletableFuture<Optional<V>> stored(StoreResult result, V after) {
        return result == StoreResult.STORED
                ? CompletableFuture.completedFuture(Optional.of(after))
                : next();
    }
}
