package io.memring.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionValueTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1048576, 1048576",
        "512k, 524288",
        "512K, 524288",
        "2m, 2097152",
        "1024M, 1073741824",
    })
    void size_numberWithOrWithoutSuffix_isBytes(String text, int bytes) {
        assertThat(OptionValue.size("-I", text)).isEqualTo(bytes);
    }

    /** Whoever takes the size refuses it, with the limits in the message. */
    @ParameterizedTest
    @ValueSource(strings = {"99999999999", "4194304k", "4096m"})
    void size_tooLarge_staysTooLarge(String text) {
        assertThat(OptionValue.size("-I", text))
                .isGreaterThan(EngineSettings.ITEM_SIZE_MAX_UPPER_LIMIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-5k"})
    void size_negative_staysNegative(String text) {
        assertThat(OptionValue.size("-I", text)).isNegative();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k", "1g", "1.5m", "x"})
    void size_noSize_isRefused(String text) {
        assertThatThrownBy(() -> OptionValue.size("-I", text))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage(
                        "-I " + text + ": must be a number of bytes, such as 1048576, 512k or 2m");
    }

    @Test
    void above_notANumber_isRefused() {
        assertThatThrownBy(() -> OptionValue.above("-f", Double.NaN, 1))
                .isInstanceOf(InvalidOptionException.class);
    }
}
