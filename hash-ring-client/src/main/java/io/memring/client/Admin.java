package io.memring.client;

import io.memring.client.connection.NodeLink;
import io.memring.client.connection.Reply;
import io.memring.client.connection.Request;
import io.memring.client.connection.RequestKind;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What concerns nodes rather than keys; asked of all of them at once. */
public final class Admin {
    private static final String STAT = "STAT ";

    private final Dispatcher dispatcher;
    private final Waiter waiter;
    private final Scope scope;

    Admin(Dispatcher dispatcher, Waiter waiter, Scope scope) {
        this.dispatcher = dispatcher;
        this.waiter = waiter;
        this.scope = scope;
    }

    /** The version of each node, by its identity. */
    public BulkOutcome<String> versions() {
        return all(
                RequestKind.VERSION,
                reply -> reply.text().substring(reply.text().indexOf(' ') + 1));
    }

    /** The general statistics of each node, by its identity. */
    public BulkOutcome<Map<String, String>> stats() {
        return all(RequestKind.STATS, Admin::stats);
    }

    /** Forgets all items of all nodes. */
    public BulkOutcome<Boolean> flushAll() {
        return all(RequestKind.FLUSH_ALL, reply -> true);
    }

    private <R> BulkOutcome<R> all(RequestKind kind, Function<Reply, R> result) {
        BulkChange<R> all = new BulkChange<>(dispatcher.topology().links.size());
        for (NodeLink link : dispatcher.topology().links) {
            Request<R> request = new Request<>(kind, result);
            all.add(link.node().id(), request);
            dispatcher.send(link, scope, request);
        }
        CompletableFuture<BulkOutcome<R>> outcome = all.result();
        return waiter.await(outcome);
    }

    private static Map<String, String> stats(Reply reply) {
        Map<String, String> stats = new LinkedHashMap<>();
        for (String line : reply.lines()) {
            int space = line.indexOf(' ', STAT.length());
            if (space > 0) {
                stats.put(line.substring(STAT.length(), space), line.substring(space + 1));
            }
        }
        return stats;
    }
}
