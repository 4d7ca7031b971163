package io.memring.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

final class RequestQueueTest {

    @Test
    void poll_afterOffers_isInOrder() {
        RequestQueue queue = new RequestQueue();
        assertThat(queue.poll()).isNull();
        for (int round = 0; round < 3; round++) {
            Request<?> first = request(1);
            Request<?> second = request(2);
            queue.offer(first);
            assertThat(queue.poll()).isSameAs(first);
            assertThat(queue.poll()).isNull();
            queue.offer(first);
            queue.offer(second);
            assertThat(queue.poll()).isSameAs(first);
            assertThat(queue.poll()).isSameAs(second);
            assertThat(queue.poll()).isNull();
        }
    }

    @Test
    void poll_manyOfferingThreads_losesNoneAndKeepsTheOrderOfEach() throws InterruptedException {
        RequestQueue queue = new RequestQueue();
        int threads = 4;
        int each = 50_000;
        List<Thread> producers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            long base = (long) t * each;
            Thread producer =
                    new Thread(
                            () -> {
                                for (int i = 0; i < each; i++) {
                                    queue.offer(request(base + i));
                                }
                            });
            producers.add(producer);
            producer.start();
        }
        long[] next = new long[threads];
        int taken = 0;
        while (taken < threads * each) {
            @Nullable Request<?> request = queue.poll();
            if (request == null) {
                Thread.onSpinWait();
                continue;
            }
            int producer = (int) (request.delta / each);
            assertThat(request.delta % each).isEqualTo(next[producer]++);
            taken++;
        }
        for (Thread producer : producers) {
            producer.join();
        }
        assertThat(queue.poll()).isNull();
    }

    private static Request<?> request(long number) {
        return new Request<>(RequestKind.PROBE, Reply::code).delta(number);
    }
}
