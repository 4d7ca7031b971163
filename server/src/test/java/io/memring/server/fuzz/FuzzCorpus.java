package io.memring.server.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.memring.server.wire.TranscriptInputs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The inputs that are kept of a target, one a line of {@code /fuzz/TARGET.corpus}: printable
 * characters as they are, but a backslash twice, all else as {@code \xHH}.
 */
final class FuzzCorpus {
    private static final String USAGE = "unpack TARGET DIRECTORY | pack DIRECTORY FILE";
    private static final int HEX = 16;

    private FuzzCorpus() {}

    /**
     * {@code unpack TARGET DIRECTORY} writes the inputs of a target, and what the transcripts offer
     * for it, to a file each; {@code pack DIRECTORY FILE} writes a directory's files to one.
     */
    public static void main(String[] args) throws IOException {
        if (args.length == 3 && args[0].equals("unpack")) {
            unpack(FuzzTarget.of(args[1]), Path.of(args[2]));
        } else if (args.length == 3 && args[0].equals("pack")) {
            pack(Path.of(args[1]), Path.of(args[2]));
        } else {
            throw new IllegalArgumentException(USAGE);
        }
    }

    static List<byte[]> of(FuzzTarget target) throws IOException {
        String name = "/fuzz/" + target.label() + ".corpus";
        try (InputStream in = FuzzCorpus.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("no resource " + name);
            }
            List<byte[]> inputs = new ArrayList<>();
            new String(in.readAllBytes(), US_ASCII).lines().forEach(l -> inputs.add(parse(l)));
            return inputs;
        }
    }

    private static void unpack(FuzzTarget target, Path directory) throws IOException {
        Files.createDirectories(directory);
        List<byte[]> inputs = new ArrayList<>(of(target));
        switch (target) {
            case TEXT -> inputs.addAll(TranscriptInputs.text());
            case META -> inputs.addAll(TranscriptInputs.meta());
            case BINARY -> inputs.addAll(TranscriptInputs.binary());
            case SASL, CREDENTIALS -> {}
        }
        for (int i = 0; i < inputs.size(); i++) {
            Files.write(directory.resolve("seed-" + i), inputs.get(i));
        }
    }

    private static void pack(Path directory, Path file) throws IOException {
        TreeSet<String> lines = new TreeSet<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path each : files.toList()) {
                lines.add(format(Files.readAllBytes(each)));
            }
        }
        Files.write(file, lines, US_ASCII);
    }

    static String format(byte[] input) {
        StringBuilder line = new StringBuilder();
        for (byte b : input) {
            if (b == '\\') {
                line.append("\\\\");
            } else if (b >= ' ' && b < 0x7f) {
                line.append((char) b);
            } else {
                line.append("\\x").append(HexFormat.of().toHexDigits(b));
            }
        }
        return line.toString();
    }

    static byte[] parse(String line) {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        byte[] chars = line.getBytes(ISO_8859_1);
        for (int i = 0; i < chars.length; i++) {
            if (chars[i] != '\\') {
                input.write(chars[i]);
            } else if (chars[i + 1] == '\\') {
                input.write(chars[++i]);
            } else {
                input.write(Integer.parseInt(line.substring(i + 2, i + 4), HEX));
                i += 3;
            }
        }
        return input.toByteArray();
    }
}
