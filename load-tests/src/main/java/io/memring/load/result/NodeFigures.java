package io.memring.load.result;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a node said about itself.
 *
 * @param node as {@code host:port}
 * @param statsBefore {@code stats} just before the measured phase, in the node's order; empty if
 *     the node does not answer it
 * @param statsAfter the same just after it
 * @param usage what the phase cost the node, or null where that is not known
 */
public record NodeFigures(
        String node,
        Map<String, String> statsBefore,
        Map<String, String> statsAfter,
        @Nullable Usage usage) {

    public NodeFigures {
        statsBefore = Collections.unmodifiableMap(new LinkedHashMap<>(statsBefore));
        statsAfter = Collections.unmodifiableMap(new LinkedHashMap<>(statsAfter));
    }

    /**
     * What the measured phase cost a node.
     *
     * @param cpuNanos CPU time of all its threads, user and system
     * @param residentBytes its resident memory afterwards; 0 if not known
     * @param source where this is from: {@code /proc} or {@code stats}
     */
    public record Usage(long cpuNanos, long residentBytes, String source) {}
}
