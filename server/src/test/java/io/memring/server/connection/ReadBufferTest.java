package io.memring.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReadBufferTest {
    private final ByteBufAllocator allocator = UnpooledByteBufAllocator.DEFAULT;
    private final ReadBuffer reads = new ReadBuffer();

    @AfterEach
    void close() {
        reads.close();
    }

    @Test
    void smallRead_isCopiedAndReleased() {
        ByteBuf read = bytes("get a\r\n");
        ByteBuf taken = reads.take(read, allocator);
        assertThat(taken.toString(US_ASCII)).isEqualTo("get a\r\n");
        assertThat(read.refCnt()).isZero();
        taken.release();
    }

    @Test
    void bufferIsUsedAgain_onceItIsFree() {
        ByteBuf first = reads.take(bytes("get a\r\n"), allocator);
        first.readByte();
        first.release();
        ByteBuf second = reads.take(bytes("get bcd\r\n"), allocator);
        assertThat(second).isSameAs(first);
        assertThat(second.toString(US_ASCII)).isEqualTo("get bcd\r\n");
        second.release();
    }

    @Test
    void bufferInUse_isLeftAlone() {
        ByteBuf first = reads.take(bytes("first"), allocator);
        ByteBuf second = reads.take(bytes("second"), allocator);
        assertThat(first.toString(US_ASCII)).isEqualTo("first");
        assertThat(second.toString(US_ASCII)).isEqualTo("second");
        first.release();
        second.release();
        assertThat(first.refCnt()).isZero();
    }

    @Test
    void largeRead_isTakenAsItIs() {
        ByteBuf read = allocator.directBuffer().writeZero(ReadBuffer.MAX_COPIED_BYTES + 1);
        assertThat(reads.take(read, allocator)).isSameAs(read);
        read.release();
    }

    @Test
    void largeReadWithoutAnAddress_isCopied() {
        ByteBuf read = allocator.heapBuffer().writeZero(ReadBuffer.MAX_COPIED_BYTES + 1);
        ByteBuf taken = reads.take(read, allocator);
        assertThat(taken.hasMemoryAddress()).isTrue();
        assertThat(taken.readableBytes()).isEqualTo(ReadBuffer.MAX_COPIED_BYTES + 1);
        assertThat(read.refCnt()).isZero();
        taken.release();
    }

    @Test
    void closed_stillTakesAndKeepsNothing() {
        ByteBuf inUse = reads.take(bytes("first"), allocator);
        reads.close();
        assertThat(inUse.refCnt()).isOne();
        ByteBuf taken = reads.take(bytes("second"), allocator);
        assertThat(taken.refCnt()).isOne();
        inUse.release();
        taken.release();
    }

    @Test
    void readIntoTheBuffer_isTakenWithoutACopy() {
        ByteBuf read = readInto("get a\r\n");
        ByteBuf taken = reads.take(read, allocator);
        assertThat(taken).isSameAs(read);
        taken.release();
        ByteBuf next = reads.newHandle().allocate(allocator);
        assertThat(next).isSameAs(read);
        assertThat(next.isReadable()).isFalse();
        assertThat(next.writableBytes()).isEqualTo(ReadBuffer.CAPACITY);
        next.release();
    }

    @Test
    void bufferThatAConnectionKeeps_isNotReadInto() {
        ByteBuf kept = readInto("get a");
        ByteBuf next = readInto("get b");
        assertThat(next).isNotSameAs(kept);
        assertThat(kept.toString(US_ASCII)).isEqualTo("get a");
        assertThat(kept.refCnt()).isOne();
        kept.release();
        next.release();
    }

    /** As a transport does that reads into the buffer itself. */
    private ByteBuf readInto(String text) {
        return reads.newHandle().allocate(allocator).writeBytes(text.getBytes(US_ASCII));
    }

    private ByteBuf bytes(String text) {
        return allocator.directBuffer().writeBytes(text.getBytes(US_ASCII));
    }
}
