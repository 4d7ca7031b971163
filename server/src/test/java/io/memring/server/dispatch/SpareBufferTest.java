package io.memring.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SpareBufferTest {
    private final ByteBufAllocator allocator = UnpooledByteBufAllocator.DEFAULT;
    private final SpareBuffer spare = new SpareBuffer();

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
    void take_moreThanItHolds_allocates() {
        ByteBuf small = allocator.directBuffer(10);
        spare.giveBack(small);
        ByteBuf large = spare.take(11, allocator);
        assertThat(large).isNotSameAs(small);
        assertThat(large.capacity()).isGreaterThanOrEqualTo(11);
        large.release();
    }

    @Test
    void giveBack_keepsTheLarger() {
        ByteBuf small = allocator.directBuffer(10);
        ByteBuf large = allocator.directBuffer(20);
        spare.giveBack(small);
        spare.giveBack(large);
        assertThat(small.refCnt()).isZero();
        ByteBuf equal = allocator.directBuffer(20);
        spare.giveBack(equal);
        assertThat(equal.refCnt()).isZero();
        assertThat(large.refCnt()).isOne();
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
