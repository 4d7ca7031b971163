package io.memring.slab.libc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

final class CFunctionTest {
    private static final int DECIMAL = 10;

    @Test
    void call_noParameters_ignoresArguments() {
        assertThat((int) CFunction.link("getpid").call(-1, -2, -3, -4, -5, -6))
                .isEqualTo((int) ProcessHandle.current().pid());
    }

    @Test
    void call_intParameter_takesNegativeNumbers() {
        CFunction abs = CFunction.link("abs");
        assertThat((int) abs.call(-7)).isEqualTo(7);
        assertThat((int) abs.call(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void call_intResult_isInTheLowerHalf() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment smaller = arena.allocateFrom("a");
            MemorySegment larger = arena.allocateFrom("b");
            CFunction compare = CFunction.link("strcmp");
            assertThat((int) compare.call(smaller.address(), larger.address())).isNegative();
            assertThat((int) compare.call(larger.address(), smaller.address())).isPositive();
        }
    }

    @Test
    void call_longResult_isTheWholeWord() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocateFrom(Long.toString(Long.MIN_VALUE));
            assertThat(CFunction.link("strtol").call(number.address(), 0, DECIMAL))
                    .isEqualTo(Long.MIN_VALUE);
        }
    }

    @Test
    void call_fourParameters_passesAllInOrder() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocate(8);
            MemorySegment text = arena.allocateFrom("key value");
            long end =
                    CFunction.link("memccpy")
                            .call(copy.address(), text.address(), ' ', copy.byteSize());
            assertThat(end - copy.address()).isEqualTo(4);
            assertThat(copy.getString(0)).isEqualTo("key ");
        }
    }

    @Test
    void find_unknownName_findsNothing() {
        assertThat(CFunction.find("no_such_function")).isEmpty();
        assertThatThrownBy(() -> CFunction.link("no_such_function"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The C library has no function no_such_function");
    }
}
