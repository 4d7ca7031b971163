package io.memring.load.jmh;

import io.memring.client.codec.Codec;
import io.memring.client.codec.Codecs;
import io.memring.client.codec.Compression;
import io.memring.client.codec.Encoded;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The client's codecs: values to bytes and back. */
@State(Scope.Thread)
public class CodecBenchmark extends TimePerOperation {

    private static final Codec<String> STRING = Codecs.string();
    private static final Codec<Long> LONG = Codecs.longs();
    private static final Codec<String> PACKED =
            Codecs.compressed(STRING, Compression.DEFLATE, 1024);

    private final String text = "v".repeat(BenchmarkEngine.VALUE_LENGTH);
    private final String page = "<li class=\"item\">An item of the list</li>\n".repeat(100);
    private final Long number = 1_234_567_890L;
    private final Encoded storedText = STRING.encode(text);
    private final Encoded storedNumber = LONG.encode(number);
    private final Encoded storedPage = PACKED.encode(page);

    @Benchmark
    public Encoded encodeString() {
        return STRING.encode(text);
    }

    @Benchmark
    public String decodeString() {
        return decode(STRING, storedText);
    }

    @Benchmark
    public Encoded encodeLong() {
        return LONG.encode(number);
    }

    @Benchmark
    public Long decodeLong() {
        return decode(LONG, storedNumber);
    }

    /** 4,200 bytes of markup. */
    @Benchmark
    public Encoded encodeCompressed() {
        return PACKED.encode(page);
    }

    @Benchmark
    public String decodeCompressed() {
        return decode(PACKED, storedPage);
    }

    private static <T> T decode(Codec<T> codec, Encoded stored) {
        return codec.decode(stored.clientFlags(), stored.bytes());
    }
}
