package io.memring.load.jmh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.memring.engine.CacheEngine;
import io.memring.engine.EngineWorker;
import io.memring.engine.command.Command;
import io.memring.engine.command.FetchOutcome;
import io.memring.engine.command.Operation;
import io.memring.protocol.text.KeyStatus;
import io.memring.protocol.text.MetaReplyEncoder;
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

import java.util.function.IntFunction;

/**
 * A request's whole way through the program, from the bytes of its line to the bytes of its reply.
 */
@State(Scope.Thread)
public class RequestPathBenchmark extends TimePerOperation {

    /** Requests in each input; as many keys, so that an input walks over all of them. */
    private static final int KEYS = 1 << 14;

    private static final int CRLF_LENGTH = 2;
    private static final int STEP = 48_271;

    private final Command command = new Command();
    private final TextRequestDecoder decoder = new TextRequestDecoder();
    private final ByteBuf out = Unpooled.directBuffer(4096);
    private CacheEngine engine;
    private EngineWorker worker;
    private ByteBuf hits;
    private ByteBuf misses;
    private ByteBuf sets;
    private ByteBuf deletes;
    private ByteBuf increments;
    private ByteBuf metaGets;

    @Setup
    public void fill() {
        engine = BenchmarkEngine.open(1, 1, 64L << 20);
        worker = engine.worker(0);
        BenchmarkEngine.fill(worker, new NativeKeys(KEYS, 0), BenchmarkEngine.value('v'));
        BenchmarkEngine.fill(
                worker, new NativeKeys(KEYS, 2 * KEYS), BenchmarkEngine.value('7').asSlice(0, 9));
        String value = "v".repeat(BenchmarkEngine.VALUE_LENGTH) + "\r\n";
        hits = input(i -> "get " + NativeKeys.name(i) + "\r\n");
        misses = input(i -> "get " + NativeKeys.name(KEYS + i) + "\r\n");
        sets = input(i -> "set " + NativeKeys.name(i) + " 0 0 100\r\n" + value);
        deletes = input(i -> "delete " + NativeKeys.name(KEYS + i) + "\r\n");
        increments = input(i -> "incr " + NativeKeys.name(2 * KEYS + i) + " 1\r\n");
        metaGets = input(i -> "mg " + NativeKeys.name(i) + " v t f\r\n");
    }

    private static ByteBuf input(IntFunction<String> request) {
        ByteBuf input = Unpooled.directBuffer();
        for (int i = 0; i < KEYS; i++) {
            input.writeBytes(request.apply(i * STEP & (KEYS - 1)).getBytes(US_ASCII));
        }
        return input;
    }

    @TearDown
    public void close() {
        engine.close();
        for (ByteBuf buffer :
                new ByteBuf[] {hits, misses, sets, deletes, increments, metaGets, out}) {
            buffer.release();
        }
    }

    @Benchmark
    public ByteBuf getHit() {
        return get(hits);
    }

    @Benchmark
    public ByteBuf getMiss() {
        return get(misses);
    }

    private ByteBuf get(ByteBuf in) {
        begin(in);
        while (decoder.nextKey(in) == KeyStatus.KEY) {
            prepare(Operation.FETCH);
            command.wantsValue = true;
            worker.execute(command);
            if (command.fetchOutcome == FetchOutcome.HIT) {
                TextReplyEncoder.value(
                        out,
                        decoder.keyBuffer(),
                        decoder.keyIndex(),
                        decoder.keyLength(),
                        command.itemClientFlags,
                        command.itemValueLength);
                copyValue();
            }
        }
        TextReply.END.writeTo(out);
        return out;
    }

    @Benchmark
    public ByteBuf set() {
        begin(sets);
        prepare(Operation.STORE);
        command.clientFlags = decoder.clientFlags();
        command.exptime = decoder.exptime();
        command.valueLength = decoder.valueLength();
        command.valueAddress = sets.memoryAddress() + sets.readerIndex();
        sets.skipBytes(command.valueLength + CRLF_LENGTH);
        worker.execute(command);
        switch (command.storeOutcome) {
            case STORED -> TextReply.STORED.writeTo(out);
            default -> throw unexpected();
        }
        return out;
    }

    @Benchmark
    public ByteBuf deleteMiss() {
        begin(deletes);
        prepare(Operation.DELETE);
        worker.execute(command);
        switch (command.deleteOutcome) {
            case DELETED -> TextReply.DELETED.writeTo(out);
            case NOT_FOUND -> TextReply.NOT_FOUND.writeTo(out);
            default -> throw unexpected();
        }
        return out;
    }

    @Benchmark
    public ByteBuf increment() {
        begin(increments);
        prepare(Operation.DELTA);
        command.delta = decoder.delta();
        worker.execute(command);
        switch (command.deltaOutcome) {
            case OK -> TextReplyEncoder.number(out, command.number);
            default -> throw unexpected();
        }
        return out;
    }

    @Benchmark
    public ByteBuf metaGetHit() {
        begin(metaGets);
        prepare(Operation.FETCH);
        command.meta = true;
        command.wantsValue = decoder.meta().wantsValue();
        worker.execute(command);
        MetaReplyEncoder.valueCode(out, command.itemValueLength);
        for (int i = 0; i < decoder.meta().count(); i++) {
            switch (decoder.meta().letter(i)) {
                case 't' -> MetaReplyEncoder.ttl(out, 't', command.itemTtlSeconds);
                case 'f' -> MetaReplyEncoder.flag(out, 'f', command.itemClientFlags);
                default -> {}
            }
        }
        TextReplyEncoder.crlf(out);
        copyValue();
        return out;
    }

    /** Decodes the input's next line, starting again behind the last. */
    private Verb begin(ByteBuf in) {
        out.clear();
        if (!in.isReadable()) {
            in.readerIndex(0);
        }
        return decoder.decode(in);
    }

    private void prepare(Operation operation) {
        command.reset(operation);
        command.keyAddress = decoder.keyBuffer().memoryAddress() + decoder.keyIndex();
        command.keyLength = decoder.keyLength();
        command.hash = EngineWorker.hash(command.keyAddress, command.keyLength);
    }

    private void copyValue() {
        int length = command.itemValueLength;
        if (!worker.copyValue(command, out.memoryAddress() + out.writerIndex())
                || !worker.finish(command)) {
            throw unexpected();
        }
        out.writerIndex(out.writerIndex() + length);
        TextReplyEncoder.crlf(out);
    }

    private static IllegalStateException unexpected() {
        return new IllegalStateException("An outcome that this benchmark does not provoke");
    }
}
