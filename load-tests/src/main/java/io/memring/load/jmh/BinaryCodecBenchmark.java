package io.memring.load.jmh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.memring.protocol.binary.BinaryReplyEncoder;
import io.memring.protocol.binary.BinaryRequestDecoder;
import io.memring.protocol.binary.BinaryRequestHead;
import io.memring.protocol.binary.FrameStatus;
import io.memring.protocol.binary.Opcode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Request and reply headers of the binary protocol alone. */
@State(Scope.Thread)
public class BinaryCodecBenchmark extends TimePerOperation {

    private static final byte[] KEY = "key:00001234".getBytes(US_ASCII);

    private final BinaryRequestDecoder decoder = new BinaryRequestDecoder();
    private ByteBuf get;
    private ByteBuf set;
    private ByteBuf out;

    @Setup
    public void write() {
        set = frame(Opcode.SET, BenchmarkEngine.VALUE_LENGTH);
        get = frame(Opcode.GETK, 0);
        out = Unpooled.directBuffer(1024);
        decodeGet(); // What the replies answer to.
    }

    private static ByteBuf frame(Opcode opcode, int valueLength) {
        BinaryRequestHead head = new BinaryRequestHead(opcode).key(KEY);
        byte[] bytes = new byte[head.length() + valueLength];
        head.writeTo(bytes, 0, valueLength);
        return Unpooled.directBuffer(bytes.length).writeBytes(bytes);
    }

    @TearDown
    public void release() {
        get.release();
        set.release();
        out.release();
    }

    @Benchmark
    public FrameStatus decodeGet() {
        return decoder.decode(get.readerIndex(0), true);
    }

    @Benchmark
    public FrameStatus decodeSet() {
        return decoder.decode(set.readerIndex(0), true);
    }

    @Benchmark
    public ByteBuf encodeItemWithKey() {
        out.clear();
        BinaryReplyEncoder.itemWithKey(out, decoder, 17, BenchmarkEngine.VALUE_LENGTH, 123_456L);
        return out;
    }

    @Benchmark
    public ByteBuf encodeSuccess() {
        out.clear();
        BinaryReplyEncoder.success(out, decoder, 123_456L);
        return out;
    }
}
