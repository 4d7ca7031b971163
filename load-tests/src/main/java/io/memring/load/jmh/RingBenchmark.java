package io.memring.load.jmh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.memring.client.ring.Node;
import io.memring.client.ring.Ring;
import io.memring.client.ring.Rings;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.util.List;
import java.util.stream.IntStream;

/** Which node owns a key. */
@State(Scope.Thread)
public class RingBenchmark extends TimePerOperation {

    /** A power of two. */
    private static final int KEYS = 1 << 12;

    private final byte[][] keys = new byte[KEYS][];

    @Param({"3", "100"})
    public int nodes;

    private Ring ketama;
    private Ring rendezvous;
    private Ring jump;
    private int next;

    @Setup
    public void build() {
        List<Node> all =
                IntStream.range(0, nodes).mapToObj(i -> Node.parse("10.0.0." + i)).toList();
        ketama = Rings.ketama().build(all);
        rendezvous = Rings.rendezvous().build(all);
        jump = Rings.jump().build(all);
        for (int i = 0; i < KEYS; i++) {
            keys[i] = NativeKeys.name(i).getBytes(US_ASCII);
        }
    }

    @Benchmark
    public int ketama() {
        return locate(ketama);
    }

    @Benchmark
    public int rendezvous() {
        return locate(rendezvous);
    }

    @Benchmark
    public int jump() {
        return locate(jump);
    }

    private int locate(Ring ring) {
        byte[] key = keys[next++ & KEYS - 1];
        return ring.indexFor(key, 0, key.length);
    }
}
