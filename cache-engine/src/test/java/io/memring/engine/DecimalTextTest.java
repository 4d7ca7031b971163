package io.memring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.slab.SlabMemory;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTextTest {

    private final long address = SlabMemory.allocate(64);

    @AfterEach
    void free() {
        SlabMemory.free(address);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 10, 99, 100, Long.MAX_VALUE, Long.MIN_VALUE, -1, -10})
    void write_number_isReadBack(long number) {
        int digits = DecimalText.length(number);
        DecimalText.write(address, number, digits);

        assertThat(digits).isEqualTo(Long.toUnsignedString(number).length());
        assertThat(DecimalText.isNumber(address, digits)).isTrue();
        assertThat(DecimalText.parse(address, digits)).isEqualTo(number);
    }

    @Test
    void isNumber_oneMoreThanTheLargest_isFalse() {
        String text = "18446744073709551616";
        for (int i = 0; i < text.length(); i++) {
            SlabMemory.putByte(address + i, (byte) text.charAt(i));
        }

        assertThat(DecimalText.isNumber(address, text.length())).isFalse();
        assertThat(DecimalText.isNumber(address, text.length() - 1)).isTrue();
    }
}
