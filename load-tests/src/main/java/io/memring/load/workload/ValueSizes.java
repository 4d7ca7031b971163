package io.memring.load.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long values are: one range of lengths or several with weights, and within a range all lengths
 * alike. Immutable.
 */
public final class ValueSizes {

    private static final Pattern RANGE =
            Pattern.compile(
                    "(?<from>\\d{1,9})(?<fromUnit>[km]?)(?:-(?<to>\\d{1,9})(?<toUnit>[km]?))?"
                            + "(?:[:\\s,]\\s*(?<weight>\\d+(?:\\.\\d+)?))?");

    /** A gibibyte is what memcached takes, and more than fits into an array with its header. */
    private static final long MAX_LENGTH = 1 << 30;

    private final String description;
    private final int[] from;
    private final int[] to;
    private final WeightedTable table;

    private ValueSizes(String description, List<String> ranges) {
        this.description = description;
        from = new int[ranges.size()];
        to = new int[ranges.size()];
        double[] weights = new double[ranges.size()];
        for (int i = 0; i < from.length; i++) {
            Matcher range = RANGE.matcher(ranges.get(i));
            if (!range.matches()) {
                throw new IllegalArgumentException(
                        "a value size is written SIZE[-SIZE][:WEIGHT], such as 100 or 1k-64k:0.5: "
                                + ranges.get(i));
            }
            from[i] = bytes(range.group("from"), range.group("fromUnit"));
            to[i] =
                    range.group("to") == null
                            ? from[i]
                            : bytes(range.group("to"), range.group("toUnit"));
            if (to[i] < from[i]) {
                throw new IllegalArgumentException("a range ends before it begins: " + range);
            }
            String weight = range.group("weight");
            weights[i] = weight == null ? 1 : Double.parseDouble(weight);
        }
        table = new WeightedTable(weights);
    }

    /**
     * Reads {@code SIZE[-SIZE][:WEIGHT],…}, sizes with an optional {@code k} or {@code m}; or
     * {@code @FILE} with one such range a line, where {@code #} begins a comment.
     */
    public static ValueSizes parse(String text) {
        String words = text.strip().toLowerCase(Locale.ROOT);
        return words.startsWith("@")
                ? read(Path.of(text.strip().substring(1)))
                : new ValueSizes(words, List.of(words.split(",", -1)));
    }

    private static ValueSizes read(Path file) {
        List<String> ranges = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                String range = line.replaceFirst("#.*", "").strip().toLowerCase(Locale.ROOT);
                if (!range.isEmpty()) {
                    ranges.add(range);
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the value sizes of " + file, e);
        }
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("no value sizes in " + file);
        }
        return new ValueSizes("@" + file, ranges);
    }

    private static int bytes(String digits, String unit) {
        int shift =
                switch (unit) {
                    case "k" -> 10;
                    case "m" -> 20;
                    default -> 0;
                };
        long length = Long.parseLong(digits) << shift;
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException("a value has at most 1024m: " + digits + unit);
        }
        return (int) length;
    }

    int next(SplittableRandom random) {
        int index = table.next(random);
        return from[index] == to[index] ? from[index] : random.nextInt(from[index], to[index] + 1);
    }

    @Override
    public String toString() {
        return description;
    }
}
