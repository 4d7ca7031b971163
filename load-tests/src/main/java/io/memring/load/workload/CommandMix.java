package io.memring.load.workload;

import io.memring.load.result.CommandKind;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Which commands are sent, in proportion to weights. Immutable. */
public final class CommandMix {

    private static final CommandKind[] KINDS = {
        CommandKind.GET,
        CommandKind.MULTIGET,
        CommandKind.SET,
        CommandKind.DELETE,
        CommandKind.INCR,
        CommandKind.CAS,
        CommandKind.TOUCH
    };

    private final Map<CommandKind, Double> weights;
    private final WeightedTable table;

    private CommandMix(Map<CommandKind, Double> weights) {
        this.weights = weights;
        table =
                new WeightedTable(
                        Arrays.stream(KINDS)
                                .mapToDouble(kind -> weights.getOrDefault(kind, 0.0))
                                .toArray());
    }

    /** Reads {@code get=90,set=10}. */
    public static CommandMix parse(String text) {
        Map<CommandKind, Double> weights = new EnumMap<>(CommandKind.class);
        for (String part : text.strip().toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] words = part.strip().split("[=:]", 2);
            CommandKind kind = kind(words[0].strip());
            if (kind == null || words.length < 2 || weights.containsKey(kind)) {
                throw new IllegalArgumentException(
                        "a mix is written get=90,set=10 with each of "
                                + names()
                                + " at most once: "
                                + text);
            }
            try {
                weights.put(kind, Double.parseDouble(words[1].strip()));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("a weight is a number: " + part, e);
            }
        }
        return new CommandMix(weights);
    }

    private static String names() {
        return Arrays.stream(KINDS).map(CommandKind::label).collect(Collectors.joining(", "));
    }

    private static @Nullable CommandKind kind(String label) {
        for (CommandKind kind : KINDS) {
            if (kind.label().equals(label)) {
                return kind;
            }
        }
        return null;
    }

    /** True if such commands are sent. */
    public boolean has(CommandKind kind) {
        return weights.getOrDefault(kind, 0.0) > 0;
    }

    CommandKind next(SplittableRandom random) {
        return KINDS[table.next(random)];
    }

    @Override
    public String toString() {
        return weights.entrySet().stream()
                .map(e -> e.getKey().label() + "=" + trimmed(e.getValue()))
                .collect(Collectors.joining(","));
    }

    private static String trimmed(double weight) {
        return weight == Math.rint(weight) ? Long.toString((long) weight) : Double.toString(weight);
    }
}
