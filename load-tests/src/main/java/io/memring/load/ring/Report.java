package io.memring.load.ring;

import static java.util.stream.Collectors.joining;

import org.jspecify.annotations.Nullable;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A table and what is to be said about it: in columns for people, or as one JSON object. */
final class Report {
    private static final String GAP = "  ";

    private final String subject;
    private final List<String> columns;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();
    private final Map<String, Object> facts = new LinkedHashMap<>();

    /** An empty table of something, named in the plural. */
    Report(String subject, String... columns) {
        this.subject = subject;
        this.columns = List.of(columns);
    }

    /** Adds a row of as many cells as there are columns; null is shown as a hyphen. */
    void row(@Nullable Object... cells) {
        List<@Nullable Object> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell);
        }
        rows.add(row);
    }

    /** Says something about the whole. */
    void fact(String name, Object value) {
        facts.put(name, value);
    }

    void print(PrintStream out, boolean asJson) {
        if (asJson) {
            out.println(Json.of(fields()));
        } else {
            printTable(out);
            int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
            facts.forEach((name, value) -> out.println(padded(name, width) + GAP + shown(value)));
        }
    }

    private Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put(subject, rows.stream().map(this::fieldsOf).toList());
        fields.putAll(facts);
        return fields;
    }

    private Map<String, @Nullable Object> fieldsOf(List<@Nullable Object> row) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            fields.put(columns.get(i), row.get(i));
        }
        return fields;
    }

    private void printTable(PrintStream out) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(columns);
        rows.forEach(row -> lines.add(row.stream().map(Report::shown).toList()));
        int[] widths =
                IntStream.range(0, columns.size())
                        .map(
                                i ->
                                        lines.stream()
                                                .mapToInt(line -> line.get(i).length())
                                                .max()
                                                .orElse(0))
                        .toArray();
        for (List<String> line : lines) {
            out.println(
                    IntStream.range(0, widths.length)
                            .mapToObj(i -> padded(line.get(i), widths[i]))
                            .collect(joining(GAP))
                            .stripTrailing());
        }
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(width - cell.length());
    }

    private static String shown(@Nullable Object cell) {
        return cell == null ? "-" : cell.toString();
    }
}
