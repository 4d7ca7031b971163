package io.memring.load.engine;

import io.memring.load.result.CommandKind;
import io.memring.load.result.Counts;
import io.memring.load.result.Latencies;
import io.memring.load.result.Traffic;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts what happens on a load thread, and hands out copies. Owned by that thread. */
final class Recorder {

    /** Distinct texts of errors that are kept; errors tend to have numbers in them. */
    private static final int MAX_ERROR_TEXTS = 50;

    private static final String OTHER_ERRORS = "other errors";

    /** Descriptions of wrong values that are kept. */
    private static final int MAX_WRONG_VALUES = 10;

    private static final CommandKind[] KINDS = CommandKind.values();

    /** Of one kind of request. */
    private static final class Tally {
        long requests;
        long keys;
        long hits;
        long misses;
        long conflicts;
        long errors;
        long wrongValues;
        final Histogram latencies = Latencies.newHistogram();

        ThreadSample.Kind drain() {
            Counts counts =
                    new Counts(requests, keys, hits, misses, conflicts, errors, wrongValues);
            ThreadSample.Kind copy = new ThreadSample.Kind(counts, latencies.copy());
            latencies.reset();
            requests = 0;
            keys = 0;
            hits = 0;
            misses = 0;
            conflicts = 0;
            errors = 0;
            wrongValues = 0;
            return copy;
        }
    }

    private final @Nullable Tally[] tallies = new @Nullable Tally[KINDS.length];
    private final Histogram serviceTimes = Latencies.newHistogram();
    private final Histogram sendLags = Latencies.newHistogram();
    private final Map<String, Long> errors = new HashMap<>();
    private final List<String> wrongValues = new ArrayList<>();
    private boolean openLoop;

    long bytesSent;
    long bytesReceived;
    long connects;
    long disconnects;

    /** Forgets everything, for a new leg. */
    void reset(boolean isOpenLoop) {
        openLoop = isOpenLoop;
        drain();
    }

    private Tally tally(CommandKind kind) {
        Tally tally = tallies[kind.ordinal()];
        if (tally == null) {
            tally = new Tally();
            tallies[kind.ordinal()] = tally;
        }
        return tally;
    }

    /** A request has a reply that is no error. */
    void answered(InFlight.Slot slot, int hits, int misses, int conflicts, long now) {
        Tally tally = tally(slot.kind);
        tally.requests++;
        tally.keys += slot.keyCount();
        tally.hits += hits;
        tally.misses += misses;
        tally.conflicts += conflicts;
        tally.latencies.recordValue(latency(slot.intendedNanos, now));
        if (openLoop) {
            serviceTimes.recordValue(latency(slot.sentNanos, now));
        }
    }

    /** A request has failed. Its latency counts: to fail late is not better than to be late. */
    void failed(InFlight.Slot slot, String error, long now) {
        Tally tally = tally(slot.kind);
        tally.requests++;
        tally.keys += slot.keyCount();
        tally.errors++;
        tally.latencies.recordValue(latency(slot.intendedNanos, now));
        if (openLoop) {
            serviceTimes.recordValue(latency(slot.sentNanos, now));
        }
        countError(error);
    }

    private static long latency(long from, long to) {
        return Math.clamp(to - from, 0, Latencies.HIGHEST_NANOS);
    }

    /** Something has gone wrong that concerns no request. */
    void countError(String error) {
        boolean known = errors.size() < MAX_ERROR_TEXTS || errors.containsKey(error);
        errors.merge(known ? error : OTHER_ERRORS, 1L, Long::sum);
    }

    void wrongValue(CommandKind kind, String description) {
        tally(kind).wrongValues++;
        if (wrongValues.size() < MAX_WRONG_VALUES) {
            wrongValues.add(description);
        }
    }

    /** A request of an open loop was sent so much later than it could have been. */
    void sendLag(long nanos) {
        sendLags.recordValue(latency(0, nanos));
    }

    /** A copy of what was counted since the last one. */
    ThreadSample.Figures drain() {
        Map<CommandKind, ThreadSample.Kind> kinds = new EnumMap<>(CommandKind.class);
        for (CommandKind kind : KINDS) {
            Tally tally = tallies[kind.ordinal()];
            if (tally != null && (tally.requests > 0 || tally.wrongValues > 0)) {
                kinds.put(kind, tally.drain());
            }
        }
        Traffic traffic = new Traffic(bytesSent, bytesReceived, connects, disconnects);
        bytesSent = 0;
        bytesReceived = 0;
        connects = 0;
        disconnects = 0;
        ThreadSample.Figures figures =
                new ThreadSample.Figures(
                        kinds,
                        traffic,
                        serviceTimes.copy(),
                        sendLags.copy(),
                        Map.copyOf(errors),
                        List.copyOf(wrongValues));
        serviceTimes.reset();
        sendLags.reset();
        errors.clear();
        wrongValues.clear();
        return figures;
    }
}
