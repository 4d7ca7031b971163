package io.memring.load.ring;

import io.memring.client.HashRing;
import io.memring.client.HashRingBuilder;
import io.memring.client.Protocol;
import io.memring.client.error.MemcacheException;

import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What all commands that talk to nodes have in common. */
abstract class ClientSubcommand extends RingSubcommand {
    @Option(
            names = "--timeout",
            paramLabel = "MILLIS",
            defaultValue = "2000",
            description = "how long to wait for a node (2000)")
    private long timeoutMillis;

    @Option(
            names = "--failover",
            description = "take the next node on the ring for keys whose node is down")
    private boolean failover;

    @Option(
            names = "--classic",
            description = "use the classic protocol, for nodes without meta commands")
    private boolean classic;

    ClientSubcommand(Console console) {
        super(console);
    }

    @Override
    public final Integer call() throws Exception {
        if (timeoutMillis <= 0) {
            throw new IllegalArgumentException("--timeout is positive: " + timeoutMillis);
        }
        Duration timeout = Duration.ofMillis(timeoutMillis);
        FirstContact contact = new FirstContact(ring.nodes().size());
        try (HashRing client = builder(timeout, contact).build()) {
            if (failover && !contact.await(timeout)) {
                console.complain("not all nodes could be tried in time");
            }
            return call(client);
        }
    }

    private HashRingBuilder builder(Duration timeout, FirstContact contact) {
        HashRingBuilder builder =
                HashRing.builder()
                        .ring(failover ? contact.skippingDown(ring.factory()) : ring.factory())
                        .routing(ring.routing())
                        .protocol(classic ? Protocol.TEXT : Protocol.META)
                        .operationTimeout(timeout)
                        .bulkTimeout(timeout)
                        .connectTimeout(timeout)
                        .ioThreads(1)
                        .listener(contact);
        ring.nodes().forEach(builder::node);
        return builder;
    }

    /** Does the work; the exit status. */
    abstract int call(HashRing client) throws Exception;

    /** What is done with a key. */
    @FunctionalInterface
    interface KeyAction {
        /** Does it and returns the exit status. */
        int on(String key);
    }

    /** Does something with each key by itself: the node of one may be down while others answer. */
    final int forEach(Iterable<String> keys, KeyAction action) {
        int worst = ExitStatus.OK;
        for (String key : keys) {
            int status;
            try {
                status = action.on(key);
            } catch (MemcacheException e) {
                console.complain(key + ": " + describe(e));
                status = ExitStatus.UNAVAILABLE;
            }
            worst = Math.max(worst, status);
        }
        return worst;
    }

    /** What failed and where, and the first cause of it. */
    static String describe(MemcacheException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause == failure
                ? String.valueOf(failure.getMessage())
                : failure.operation() + " on " + failure.node() + ": " + cause.getMessage();
    }

    /** Prints what came of an operation on a key. */
    final void print(HashRing client, String key, String name, Object result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key", key);
        fields.put("node", client.nodeFor(key).id());
        fields.put(name, result);
        printLine(fields);
    }
}
