package io.memring.load.workload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.memring.load.result.CommandKind;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Reads a trace into memory. Files whose names end in {@code .gz} are unpacked on the way. */
public final class TraceReader {

    private static final String STANDARD_INPUT = "-";
    private static final int BUFFER_BYTES = 1 << 16;

    // Columns of Twitter's traces.
    private static final int TWITTER_KEY = 1;
    private static final int TWITTER_SIZE = 3;
    private static final int TWITTER_OPERATION = 5;
    private static final int TWITTER_TTL = 6;

    private final String name;
    private final TraceFormat format;
    private final TraceBuilder builder = new TraceBuilder();

    private TraceReader(String name, TraceFormat format) {
        this.name = name;
        this.format = format;
    }

    /**
     * Reads a file, or the standard input as {@code -}.
     *
     * @throws IllegalArgumentException if it is not of the format; the message is for the user
     */
    public static Trace read(String file, TraceFormat format) {
        try (InputStream in =
                new BufferedInputStream(
                        file.equals(STANDARD_INPUT)
                                ? System.in
                                : Files.newInputStream(Path.of(file)),
                        BUFFER_BYTES)) {
            return read(file, file.endsWith(".gz") ? new GZIPInputStream(in) : in, format);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the trace " + file + ": " + e, e);
        }
    }

    static Trace read(String name, InputStream in, TraceFormat format) throws IOException {
        TraceReader reader = new TraceReader(name, format);
        switch (format) {
            case IDS, SIZED, CSV, TWITTER, ARC -> reader.readLines(in);
            case INT32, INT64, ORACLE -> reader.readNumbers(in);
        }
        if (reader.builder.isEmpty()) {
            throw new IllegalArgumentException("no requests in the trace " + name);
        }
        return reader.builder.build(name);
    }

    private void readLines(InputStream in) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, ISO_8859_1));
        Columns columns = format == TraceFormat.CSV ? Columns.of(lines.readLine()) : Columns.NONE;
        long number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank()) {
                try {
                    readLine(line.strip(), columns);
                } catch (NumberFormatException | IndexOutOfBoundsException e) {
                    throw new IllegalArgumentException(
                            "line %d of %s is not of the format %s: %s"
                                    .formatted(number, name, format.label(), line),
                            e);
                }
            }
        }
    }

    private void readLine(String line, Columns columns) {
        switch (format) {
            case IDS -> builder.add(id(line));
            case SIZED -> {
                String[] words = line.split("\\s+", -1);
                builder.add(id(words[1]), CommandKind.GET, size(words[2]), TraceBuilder.UNKNOWN);
            }
            case ARC -> {
                String[] words = line.split("\\s+", -1);
                long first = Long.parseLong(words[0]);
                int count = Integer.parseInt(words[1]);
                for (int i = 0; i < count; i++) {
                    builder.add(first + i);
                }
            }
            case TWITTER -> {
                String[] words = line.split(",", -1);
                builder.add(
                        id(words[TWITTER_KEY]),
                        kind(words[TWITTER_OPERATION]),
                        size(words[TWITTER_SIZE]),
                        (int) Math.min(Integer.MAX_VALUE, Long.parseLong(words[TWITTER_TTL])));
            }
            case CSV -> {
                String[] words = line.split("[,;\\s]+", -1);
                int size = columns.size() < 0 ? TraceBuilder.UNKNOWN : size(words[columns.size()]);
                builder.add(id(words[columns.id()]), CommandKind.GET, size, TraceBuilder.UNKNOWN);
            }
            case INT32, INT64, ORACLE -> throw new IllegalStateException("no format of lines");
        }
    }

    private void readNumbers(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        while (true) {
            int first = data.read();
            if (first < 0) {
                return;
            }
            try {
                readRecord(first, data);
            } catch (EOFException e) {
                throw new IllegalArgumentException(
                        "the trace " + name + " ends within a number", e);
            }
        }
    }

    private void readRecord(int first, DataInputStream data) throws IOException {
        if (format == TraceFormat.INT32) {
            int rest = data.readUnsignedShort() << 8 | data.readUnsignedByte();
            builder.add((first << 24 | rest) & 0xffffffffL);
        } else if (format == TraceFormat.INT64) {
            long rest = 0;
            for (int i = 1; i < Long.BYTES; i++) {
                rest = rest << 8 | data.readUnsignedByte();
            }
            builder.add((long) first << 56 | rest);
        } else {
            data.skipNBytes(Integer.BYTES - 1); // of the time
            long id = Long.reverseBytes(data.readLong());
            int size = Integer.reverseBytes(data.readInt());
            data.skipNBytes(Long.BYTES); // when it is asked for again
            builder.add(id, CommandKind.GET, Math.max(0, size), TraceBuilder.UNKNOWN);
        }
    }

    /** A number as it is, any other word by its hash. */
    private static long id(String word) {
        boolean isNumber = !word.isEmpty() && word.length() < 19;
        for (int i = 0; isNumber && i < word.length(); i++) {
            isNumber = word.charAt(i) >= '0' && word.charAt(i) <= '9';
        }
        if (isNumber) {
            return Long.parseLong(word);
        }
        long hash = 0xcbf29ce484222325L; // FNV-1a
        for (int i = 0; i < word.length(); i++) {
            hash = (hash ^ word.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    private static int size(String word) {
        return Math.clamp(Long.parseLong(word), 0, Integer.MAX_VALUE);
    }

    private static CommandKind kind(String operation) {
        return switch (operation) {
            case "set", "add", "replace", "cas", "append", "prepend" -> CommandKind.SET;
            case "delete" -> CommandKind.DELETE;
            case "incr", "decr" -> CommandKind.INCR;
            case "touch" -> CommandKind.TOUCH;
            default -> CommandKind.GET;
        };
    }

    /** Which columns of a CSV hold what; below zero if none does. */
    private record Columns(int id, int size) {
        static final Columns NONE = new Columns(-1, -1);

        private static final List<String> IDS = List.of("id", "obj_id", "key", "lbn", "object");
        private static final List<String> SIZES = List.of("size", "obj_size", "value_size");

        static Columns of(@Nullable String header) {
            String names = header == null ? "" : header.toLowerCase(Locale.ROOT).strip();
            List<String> words = Arrays.asList(names.split("[,;\\s]+", -1));
            int id = find(words, IDS);
            if (id < 0) {
                throw new IllegalArgumentException(
                        "a trace in CSV begins with the names of its columns, one of them "
                                + String.join(", ", IDS));
            }
            return new Columns(id, find(words, SIZES));
        }

        private static int find(List<String> words, List<String> names) {
            for (String name : names) {
                if (words.contains(name)) {
                    return words.indexOf(name);
                }
            }
            return -1;
        }
    }
}
