package io.memring.server.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What clients send in the transcripts, as inputs for a fuzzer to begin with. */
public final class TranscriptInputs {
    /** Longer ones take a fuzzer more time than they are worth. */
    private static final int MAX_BYTES = 4000;

    private static final byte ESCAPE = (byte) 0xff;

    private TranscriptInputs() {}

    /** Of the classic text protocol. */
    public static List<byte[]> text() throws IOException {
        return inputs(transcript -> !isMeta(transcript) && !isBinary(transcript));
    }

    /** Of the meta protocol. */
    public static List<byte[]> meta() throws IOException {
        return inputs(transcript -> isMeta(transcript) && !isBinary(transcript));
    }

    /** Of the binary protocol. */
    public static List<byte[]> binary() throws IOException {
        return inputs(TranscriptInputs::isBinary);
    }

    private static boolean isMeta(Transcript transcript) {
        return transcript.name().startsWith("meta/") || transcript.name().startsWith("case/M");
    }

    private static boolean isBinary(Transcript transcript) {
        return transcript.steps().stream().anyMatch(step -> step instanceof Step.SendFrame);
    }

    private static List<byte[]> inputs(Predicate<Transcript> wanted) throws IOException {
        List<byte[]> inputs = new ArrayList<>();
        for (Transcript transcript : TranscriptTest.all()) {
            if (wanted.test(transcript)) {
                byte[] input = input(transcript);
                if (input.length <= MAX_BYTES) {
                    inputs.add(input);
                }
            }
        }
        return inputs;
    }

    private static byte[] input(Transcript transcript) {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        List<String> connections =
                transcript.steps().stream().map(Step::connection).distinct().toList();
        int current = 0;
        for (Step step : transcript.steps()) {
            byte[] bytes = bytes(step);
            int connection = connections.indexOf(step.connection()) % 3;
            if (bytes.length > 0 && connection != current) {
                input.write(ESCAPE);
                input.write('0' + connection);
                current = connection;
            }
            for (byte b : bytes) {
                input.write(b);
                if (b == ESCAPE) {
                    input.write(b);
                }
            }
        }
        return input.toByteArray();
    }

    /** What a step sends; numbers that only a reply would tell are left as they are written. */
    private static byte[] bytes(Step step) {
        return switch (step) {
            case Step.Send send -> send.bytes().shape().getBytes(ISO_8859_1);
            case Step.SendFrame send ->
                    send.frame().hasVariables() ? new byte[0] : send.frame().toBytes(Map.of());
            case Step.Open _, Step.Expect _, Step.ExpectMatch _, Step.SkipTo _ -> new byte[0];
            case Step.ExpectFrame _, Step.SkipToFrame _, Step.ExpectClose _ -> new byte[0];
            case Step.ExpectStat _, Step.Leave _ -> new byte[0];
        };
    }
}
