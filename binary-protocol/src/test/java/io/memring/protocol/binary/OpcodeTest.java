package io.memring.protocol.binary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.stream.IntStream;

final class OpcodeTest {
    @Test
    void of_everyCode_isItsOpcode() {
        for (Opcode opcode : Opcode.values()) {
            assertThat(Opcode.of((byte) opcode.code())).isEqualTo(opcode);
        }
    }

    @Test
    void of_otherCodes_isNull() {
        long known = IntStream.range(0, 256).filter(code -> Opcode.of((byte) code) != null).count();
        assertThat(known).isEqualTo(Opcode.values().length);
        assertThat(Opcode.of((byte) 0x1b)).isNull();
        assertThat(Opcode.of((byte) 0xff)).isNull();
    }

    @Test
    void isQuiet_saysTheName() {
        assertThat(Arrays.stream(Opcode.values()).filter(Opcode::isQuiet))
                .allMatch(opcode -> opcode.name().endsWith("Q"))
                .hasSize(14);
    }

    @Test
    void quiet_hasTheShapeOfItsTwin() {
        for (Opcode opcode : Opcode.values()) {
            if (opcode.isQuiet()) {
                String loud = opcode.name().substring(0, opcode.name().length() - 1);
                assertThat(opcode.shape()).isEqualTo(Opcode.valueOf(loud).shape());
            }
        }
    }
}
