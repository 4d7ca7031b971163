package io.memring.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memring.server.ArgumentScanner.Argument;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentScannerTest {

    @ParameterizedTest
    @ValueSource(strings = {"-p 1", "-p1", "--port 1", "--port=1", "--po 1", "--por=1"})
    void scan_valueInAnyForm_isTheFlags(String line) {
        assertThat(scan(line).arguments()).containsExactly(new Argument(Flag.PORT, "1"));
    }

    @Test
    void scan_lettersInOneWord_areFlagsOfTheirOwn() {
        assertThat(scan("-vMp1").arguments())
                .containsExactly(
                        new Argument(Flag.VERBOSE, null),
                        new Argument(Flag.DISABLE_EVICTIONS, null),
                        new Argument(Flag.PORT, "1"));
    }

    @Test
    void scan_valueThatLooksLikeAFlag_isAValue() {
        assertThat(scan("-c -1 -s -d").arguments())
                .containsExactly(
                        new Argument(Flag.CONN_LIMIT, "-1"), new Argument(Flag.UNIX_SOCKET, "-d"));
    }

    @Test
    void scan_emptyValue_isAValue() {
        assertThat(scan("--port=").arguments()).containsExactly(new Argument(Flag.PORT, ""));
    }

    /** memcached takes the one and ignores the other. */
    @Test
    void scan_verboseWithAValue_isVerbose() {
        assertThat(scan("--verbose=2").arguments())
                .containsExactly(new Argument(Flag.VERBOSE, null));
    }

    @Test
    void scan_wordsBetweenFlags_areKept() {
        ArgumentScanner scanned = scan("server -v - -- -M");

        assertThat(scanned.arguments()).containsExactly(new Argument(Flag.VERBOSE, null));
        assertThat(scanned.otherWords()).containsExactly("server", "-", "-M");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-q|-q: unknown option (memring -h lists them)",
                "-vq|-q: unknown option (memring -h lists them)",
                "--nosuch|--nosuch: unknown option (memring -h lists them)",
                "--disable|--disable: may mean --disable-evictions or --disable-cas",
                "--daemon=1|--daemon: takes no value",
                "-p|-p: needs a value",
                "--port|-p: needs a value",
            })
    void scan_wrongLine_isRefused(String line, String message) {
        assertThatThrownBy(() -> scan(line))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage(message);
    }

    private static ArgumentScanner scan(String line) {
        return ArgumentScanner.scan(line.split(" ", -1));
    }
}
