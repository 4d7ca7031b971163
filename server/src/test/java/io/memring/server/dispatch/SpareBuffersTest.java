package io.memring.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;

final class SpareBuffersTest {
    private final ByteBufAllocator allocator = UnpooledByteBufAllocator.DEFAULT;
    private final SpareBuffers spare = new SpareBuffers();

    @AfterEach
    void close() {
        spare.close();
    }

    @Test
    void take_returnsWhatWasGivenBack_once() {
        ByteBuf given = allocator.directBuffer(1000).writeZero(10);
        spare.giveBack(given);
        ByteBuf first = spare.take(1000, allocator);
        ByteBuf second = spare.take(1000, allocator);
        assertThat(first).isSameAs(given);
        assertThat(first.readableBytes()).isZero();
        assertThat(second).isNotSameAs(given);
        first.release();
        second.release();
    }

    @Test
    void take_startsWithTheLastOneGivenBack() {
        ByteBuf first = allocator.directBuffer(10);
        ByteBuf second = allocator.directBuffer(10);
        spare.giveBack(first);
        spare.giveBack(second);
        assertThat(spare.take(10, allocator)).isSameAs(second);
        assertThat(spare.take(10, allocator)).isSameAs(first);
        first.release();
        second.release();
    }

    @Test
    void take_moreThanTheLastOneHolds_allocatesInItsPlace() {
        ByteBuf small = allocator.directBuffer(10);
        spare.giveBack(small);
        ByteBuf large = spare.take(11, allocator);
        assertThat(large).isNotSameAs(small);
        assertThat(large.capacity()).isGreaterThanOrEqualTo(11);
        assertThat(small.refCnt()).isZero();
        large.release();
    }

    /** Whatever their size, it keeps so many and so many bytes. */
    @ParameterizedTest
    @CsvSource({"512, 64", "4096, 64", "16384, 32", "65536, 8"})
    void giveBack_moreThanEnough_freesThem(int capacity, int kept) {
        List<ByteBuf> given = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            given.add(allocator.directBuffer(capacity));
        }
        given.forEach(spare::giveBack);
        assertThat(given.stream().filter(buffer -> buffer.refCnt() > 0)).hasSize(kept);
    }

    @Test
    void giveBack_hugeBuffer_freesIt() {
        ByteBuf huge = allocator.directBuffer((64 << 10) + 1);
        spare.giveBack(huge);
        assertThat(huge.refCnt()).isZero();
    }

    @Test
    void close_freesWhatItHoldsAndWhatComesLater() {
        ByteBuf held = allocator.directBuffer(10);
        spare.giveBack(held);
        spare.close();
        assertThat(held.refCnt()).isZero();
        ByteBuf late = allocator.directBuffer(10);
        spare.giveBack(late);
        assertThat(late.refCnt()).isZero();
    }
}
