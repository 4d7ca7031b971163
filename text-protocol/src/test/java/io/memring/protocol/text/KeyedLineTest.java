package io.memring.protocol.text;

import static io.memring.protocol.text.Transcript.assertDecodes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** incr, decr, touch and delete, and the key lists of the get family. */
class KeyedLineTest {
    private static final String BAD_LINE = "INVALID CLIENT_ERROR bad command line format";
    private static final String BAD_DELTA = "INVALID CLIENT_ERROR invalid numeric delta argument";
    private static final String BAD_EXPTIME = "INVALID CLIENT_ERROR invalid exptime argument";
    private static final String KEY_250 = "k".repeat(250);
    private static final String KEY_251 = "k".repeat(251);

    @ParameterizedTest
    @CsvSource({
        "incr k 5, INCR k delta=5",
        "decr k 5 noreply, DECR k delta=5 noreply",
        "incr k 0, INCR k delta=0",
        "incr k 12345678901, INCR k delta=12345678901",
        "incr k 18446744073709551615, INCR k delta=18446744073709551615",
        "incr k 0000000000000000000005, INCR k delta=5",
        "incr k 5 6 7, INCR k delta=5",
    })
    void delta_unsigned64_isRead(String line, String expected) {
        assertDecodes(line + "\r\n", expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "-1",
                "+5",
                "5x",
                "18446744073709551616",
                "00000000000000000000005",
                "1.5",
                "99999999999999999999",
                "12345678x",
                "123456789012345:"
            })
    void caseV10_badDelta_isRefused(String delta) {
        assertDecodes("incr k " + delta + "\r\nmn\r\n", BAD_DELTA, "META_NOOP");
        assertDecodes("decr k " + delta + " noreply\r\n", BAD_DELTA + " noreply");
    }

    @Test
    void noreplyInPlaceOfArgument_isBoth() {
        assertDecodes("incr k noreply\r\n", BAD_DELTA + " noreply");
        assertDecodes("touch k noreply\r\n", BAD_EXPTIME + " noreply");
        assertDecodes("delete noreply\r\n", "DELETE noreply noreply");
    }

    @ParameterizedTest
    @CsvSource({
        "delete k, DELETE k",
        "delete k noreply, DELETE k noreply",
        "delete k 0, DELETE k",
        "delete k 5, DELETE k",
        "delete k 0 noreply, DELETE k noreply",
    })
    void caseV13_delete_ignoresExtraTokens(String line, String expected) {
        assertDecodes(line + "\r\n", expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete %s", "incr %s 1", "decr %s x", "touch %s 0", "touch %s x"})
    void caseV1_keyOf251_isRefusedBeforeTheArgument(String format) {
        assertDecodes(String.format(format, KEY_251) + "\r\n", BAD_LINE);
        assertDecodes(String.format(format, KEY_251) + " noreply\r\n", BAD_LINE + " noreply");
    }

    @ParameterizedTest
    @CsvSource({
        "touch k 0, TOUCH k exptime=0",
        "touch k -1 noreply, TOUCH k exptime=-1 noreply",
        "touch k 2147483647, TOUCH k exptime=2147483647",
        "touch k -2147483648, TOUCH k exptime=-2147483648",
        "touch k -, TOUCH k exptime=0",
        "gat 10 a, GAT 10 a",
        "gats -1 a b, GATS -1 a b",
        "gat  10  a  b, GAT 10 a b",
        "gat 2147483647 k noreply, GAT 2147483647 k noreply",
    })
    void exptime_signed32_isRead(String line, String expected) {
        assertDecodes(line + "\r\n", expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "2147483648", "-2147483649", "+1", "1x", "000000000001", "\r"})
    void caseV12_badExptime_isRefused(String exptime) {
        assertDecodes("touch k " + exptime + " x\r\nmn\r\n", BAD_EXPTIME, "META_NOOP");
        assertDecodes("gat " + exptime + " a b\r\nmn\r\n", BAD_EXPTIME, "META_NOOP");
        assertDecodes("gats " + exptime + " a noreply\r\n", BAD_EXPTIME);
        assertDecodes("gat " + exptime + " " + KEY_251 + "\r\n", BAD_EXPTIME);
    }

    @Test
    void caseV1_keyOf250InList_isAccepted() {
        assertDecodes("get " + KEY_250 + "\r\n", "GET " + KEY_250);
        assertDecodes("get " + KEY_250 + "\n", "GET " + KEY_250);
        assertDecodes("gets a " + KEY_250 + " b\r\n", "GETS a " + KEY_250 + " b");
    }

    @Test
    void caseV2_keyOf251InList_isRefusedOnceAtTheEnd() {
        assertDecodes("get " + KEY_251 + "\r\nmn\r\n", BAD_LINE, "META_NOOP");
        assertDecodes("get " + KEY_250 + "\r\r\nmn\r\n", BAD_LINE, "META_NOOP");
        assertDecodes("get a " + KEY_251 + " b c\r\nget a\r\n", BAD_LINE, "GET a");
        assertDecodes("gat 1 " + KEY_251 + "\r\nget a\r\n", BAD_LINE, "GET a");
        assertDecodes("get " + KEY_251 + " noreply\r\nget a\r\n", BAD_LINE, "GET a");
    }

    @Test
    void caseM1_keysBeyond23_areAllGivenOut() {
        String keys = " a b c d e f g h i j k l m n o p q r s t u v w x y z noreply";
        assertDecodes("get" + keys + "\r\n", "GET" + keys);
        assertDecodes("gat 5" + keys + "\r\n", "GAT 5" + keys);
    }

    @Test
    void exptimeFarBehind_closesBeyondLimit() {
        assertDecodes("gat " + " ".repeat(2045), "CLOSE");
        assertDecodes("gat " + " ".repeat(2040) + "1 k\r\n", "GAT 1 k");
        assertDecodes("gat " + "1".repeat(2045), "CLOSE");
    }

    @Test
    void longListOfGat_isDecodedKeyByKey() {
        String keys = " key".repeat(1000);
        assertDecodes("gat 5" + keys + "\r\n", "GAT 5" + keys);
    }
}
