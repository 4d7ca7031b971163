package io.memring.load.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.memring.load.result.CommandKind;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

final class TraceReaderTest {

    @Test
    void ids_numbersAndWords_areRead() throws IOException {
        List<String> requests = requests(TraceFormat.IDS, "5\n\n17\nuser/9\nuser/9\n");
        assertThat(requests).hasSize(4).startsWith("GET 5 100 0", "GET 17 100 0");
        assertThat(requests.get(2)).isEqualTo(requests.get(3));
    }

    @Test
    void sized_lines_areRead() throws IOException {
        assertThat(requests(TraceFormat.SIZED, "1 77 4096\n2 78 10\n"))
                .containsExactly("GET 77 4096 0", "GET 78 10 0");
    }

    @Test
    void csv_columns_areFoundByName() throws IOException {
        assertThat(requests(TraceFormat.CSV, "version,time,op,size,lbn\n1,2,3,512,42\n"))
                .containsExactly("GET 42 512 0");
        assertThatThrownBy(() -> requests(TraceFormat.CSV, "a,b\n1,2\n"))
                .hasMessageContaining("names of its columns");
    }

    @Test
    void twitter_operations_areKept() throws IOException {
        String lines =
                """
                0,123,3,55,1,get,0
                0,124,3,66,1,set,600
                0,125,3,0,1,delete,0
                0,126,3,8,1,incr,99999999
                """;
        assertThat(requests(TraceFormat.TWITTER, lines))
                .containsExactly(
                        "GET 123 55 0", "SET 124 66 600", "DELETE 125 0 0", "INCR 26 8 2592000");
    }

    @Test
    void arc_blocks_areRequestsEach() throws IOException {
        assertThat(requests(TraceFormat.ARC, "100 3 0 1\n"))
                .containsExactly("GET 100 100 0", "GET 101 100 0", "GET 102 100 0");
    }

    @Test
    void numbers_areReadInTheirOrder() throws IOException {
        assertThat(requests(TraceFormat.INT32, ByteBuffer.allocate(8).putInt(7).putInt(-1)))
                .containsExactly("GET 7 100 0", "GET 4294967295 100 0");
        assertThat(requests(TraceFormat.INT64, ByteBuffer.allocate(8).putLong(1L << 40)))
                .containsExactly("GET 1099511627776 100 0");
        ByteBuffer record = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        record.putInt(1).putLong(99).putInt(512).putLong(-1);
        assertThat(requests(TraceFormat.ORACLE, record)).containsExactly("GET 99 512 0");
    }

    @Test
    void brokenTraces_areRefused() {
        assertThatThrownBy(() -> requests(TraceFormat.SIZED, "1 2 3\n1 2\n"))
                .hasMessageContaining("line 2 of test");
        assertThatThrownBy(() -> requests(TraceFormat.IDS, "\n"))
                .hasMessageContaining("no requests");
        assertThatThrownBy(
                        () -> requests(TraceFormat.INT32, ByteBuffer.wrap(new byte[7]).position(7)))
                .hasMessageContaining("within a number");
    }

    @Test
    void trace_rewound_beginsAnew() throws IOException {
        Trace trace = read(TraceFormat.IDS, "1\n2\n".getBytes(US_ASCII));
        assertThat(List.of(trace.claim(), trace.claim(), trace.claim()))
                .containsExactly(0L, 1L, -1L);
        trace.rewind();
        assertThat(trace.claim()).isZero();
    }

    private static Trace read(TraceFormat format, byte[] bytes) throws IOException {
        return TraceReader.read("test", new ByteArrayInputStream(bytes), format);
    }

    private static List<String> requests(TraceFormat format, ByteBuffer written)
            throws IOException {
        byte[] bytes = new byte[written.flip().remaining()];
        written.get(bytes);
        return requests(read(format, bytes));
    }

    private static List<String> requests(TraceFormat format, String text) throws IOException {
        return requests(read(format, text.getBytes(US_ASCII)));
    }

    private static List<String> requests(Trace trace) {
        Workload workload =
                new Workload(
                        100,
                        "k",
                        0,
                        new Popularity.Uniform(),
                        ValueSizes.parse("100"),
                        Ttls.parse("0"),
                        CommandMix.parse("get=1"),
                        1,
                        true,
                        true,
                        trace);
        RequestSource source = workload.source(1, 0, 1);
        Request request = new Request(1);
        List<String> requests = new ArrayList<>();
        while (source.next(request)) {
            CommandKind kind = request.kind;
            requests.add(kind + " " + request.key + " " + request.valueLength + " " + request.ttl);
        }
        return requests;
    }
}
