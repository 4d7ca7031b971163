package io.memring.load.jmh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.memring.protocol.text.KeyStatus;
import io.memring.protocol.text.TextReply;
import io.memring.protocol.text.TextReplyEncoder;
import io.memring.protocol.text.TextRequestDecoder;
import io.memring.protocol.text.Verb;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Request lines and reply headers alone. */
@State(Scope.Thread)
public class TextCodecBenchmark extends TimePerOperation {

    private final TextRequestDecoder decoder = new TextRequestDecoder();
    private ByteBuf get;
    private ByteBuf multiget;
    private ByteBuf set;
    private ByteBuf metaGet;
    private ByteBuf key;
    private ByteBuf out;

    @Setup
    public void write() {
        get = line("get key:00001234\r\n");
        multiget = line("get" + " key:00001234".repeat(100) + "\r\n");
        set = line("set key:00001234 0 0 100\r\n");
        metaGet = line("mg key:00001234 v t f Oabc\r\n");
        key = line("key:00001234");
        out = Unpooled.directBuffer(1024);
    }

    private static ByteBuf line(String text) {
        return Unpooled.directBuffer(text.length()).writeBytes(text.getBytes(US_ASCII));
    }

    @TearDown
    public void release() {
        get.release();
        multiget.release();
        set.release();
        metaGet.release();
        key.release();
        out.release();
    }

    @Benchmark
    public int decodeGet() {
        return decodeKeys(get);
    }

    @Benchmark
    public int decodeGetOfHundredKeys() {
        return decodeKeys(multiget);
    }

    private int decodeKeys(ByteBuf in) {
        in.readerIndex(0);
        decoder.decode(in);
        int length = 0;
        while (decoder.nextKey(in) == KeyStatus.KEY) {
            length += decoder.keyLength();
        }
        return length;
    }

    @Benchmark
    public Verb decodeSet() {
        return decoder.decode(set.readerIndex(0));
    }

    @Benchmark
    public Verb decodeMetaGet() {
        return decoder.decode(metaGet.readerIndex(0));
    }

    @Benchmark
    public ByteBuf encodeValueHeader() {
        out.clear();
        TextReplyEncoder.value(out, key, 0, key.writerIndex(), 0, 100);
        return out;
    }

    @Benchmark
    public ByteBuf encodeValueHeaderWithCas() {
        out.clear();
        TextReplyEncoder.valueWithCas(out, key, 0, key.writerIndex(), 17, 100, 123_456_789L);
        return out;
    }

    @Benchmark
    public ByteBuf encodeStored() {
        out.clear();
        TextReply.STORED.writeTo(out);
        return out;
    }
}
