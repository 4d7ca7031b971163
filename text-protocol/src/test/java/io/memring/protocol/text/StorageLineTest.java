package io.memring.protocol.text;

import static io.memring.protocol.text.Transcript.assertDecodes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Locale;

/** The set family: its numbers, noreply, and what happens to the value behind a bad line. */
class StorageLineTest {
    private static final String BAD_LINE = "INVALID CLIENT_ERROR bad command line format";
    private static final String LONG_KEY = "k".repeat(251);

    @ParameterizedTest
    @ValueSource(strings = {"set", "add", "replace", "append", "prepend"})
    void storage_complete_givesAllFields(String verb) {
        String name = Verb.valueOf(verb.toUpperCase(Locale.ROOT)).toString();
        assertDecodes(
                verb + " key 12 34 5\r\nhello\r\nmn\r\n",
                name + " key flags=12 exptime=34 bytes=5",
                "META_NOOP");
        assertDecodes(
                verb + " key 12 34 5 noreply\r\nhello\r\n",
                name + " key flags=12 exptime=34 bytes=5 noreply");
    }

    @ParameterizedTest
    @CsvSource({
        "cas k 0 0 1 7, CAS k flags=0 exptime=0 bytes=1 cas=7",
        "cas k 0 0 1 7 noreply, CAS k flags=0 exptime=0 bytes=1 cas=7 noreply",
        "cas k 0 0 1 18446744073709551615, "
                + "CAS k flags=0 exptime=0 bytes=1 cas=18446744073709551615",
        "cas k 0 0 1 0000000000000000000007, CAS k flags=0 exptime=0 bytes=1 cas=7",
        "cas k 0 0 1, INVALID CLIENT_ERROR bad command line format swallow=3",
        "cas k 0 0 1 x, INVALID CLIENT_ERROR bad command line format swallow=3",
        "cas k 0 0 1 -1, INVALID CLIENT_ERROR bad command line format swallow=3",
        "cas k 0 0 1 18446744073709551616, "
                + "INVALID CLIENT_ERROR bad command line format swallow=3",
        "cas k 0 0 1 00000000000000000000007, "
                + "INVALID CLIENT_ERROR bad command line format swallow=3",
        "cas k 0 0 1 noreply, INVALID CLIENT_ERROR bad command line format swallow=3 noreply",
    })
    void cas_withUnique_isReadStrictly(String line, String expected) {
        assertDecodes(line + "\r\na\r\nmn\r\n", expected, "META_NOOP");
    }

    @Test
    void extraTokens_areIgnored() {
        assertDecodes("set k 0 0 1 x y\r\na\r\n", "SET k flags=0 exptime=0 bytes=1");
        assertDecodes("set k 0 0 1 x noreply\r\na\r\n", "SET k flags=0 exptime=0 bytes=1 noreply");
        assertDecodes("set k 0 0 1 noreply x\r\na\r\n", "SET k flags=0 exptime=0 bytes=1");
    }

    @Test
    void caseM1_noreplyBeyond23Tokens_isNotSeen() {
        String line = "set k 0 0 1" + " x".repeat(17);
        assertDecodes(line + " noreply\r\na\r\n", "SET k flags=0 exptime=0 bytes=1 noreply");
        assertDecodes(line + " noreply y\r\na\r\n", "SET k flags=0 exptime=0 bytes=1 noreply");
        assertDecodes(line + " x noreply\r\na\r\n", "SET k flags=0 exptime=0 bytes=1");
    }

    @Test
    void caseV1_keyOf250_isAccepted() {
        String key = "k".repeat(250);
        assertDecodes(
                "set " + key + " 0 0 1\r\na\r\n", "SET " + key + " flags=0 exptime=0 bytes=1");
    }

    @Test
    void caseV1_keyOf251_isRefusedAndValueSwallowed() {
        assertDecodes(
                "set " + LONG_KEY + " 0 0 1\r\na\r\nmn\r\n", BAD_LINE + " swallow=3", "META_NOOP");
        assertDecodes(
                "set " + LONG_KEY + " 0 0 1 noreply\r\na\r\n", BAD_LINE + " swallow=3 noreply");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "2147483646",
                "2147483647",
                "4294967296",
                "000000000005",
                "+5",
                "5x",
                "x",
                "--5",
                "5-",
                "0x5",
                "99999999999",
                "-2147483649",
                "5\t"
            })
    void caseV3_badLength_isRefusedAndNothingSwallowed(String length) {
        assertDecodes("set k 0 0 " + length + "\r\nmn\r\n", BAD_LINE, "META_NOOP");
        assertDecodes("set k 0 0 " + length + " noreply\r\nmn\r\n", BAD_LINE, "META_NOOP");
        assertDecodes("ms k " + length + "\r\nmn\r\n", BAD_LINE, "META_NOOP");
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "00000000005, 5", "-, 0", "-0, 0", "-0000000000, 0", "12345678, 12345678"})
    void caseV3_unusualLength_isAccepted(String length, String expected) {
        assertDecodes("set k 1 0 " + length + "\r\n", "SET k flags=1 exptime=0 bytes=" + expected);
        assertDecodes("ms k " + length + "\r\n", "META_SET k bytes=" + expected);
    }

    @Test
    void caseV4_longestLength_isAcceptedHere() {
        assertDecodes("set k 0 0 2147483645\r\n", "SET k flags=0 exptime=0 bytes=2147483645");
        assertDecodes("set k x 0 2147483645\r\n", BAD_LINE + " swallow=2147483647");
    }

    @Test
    void caseV5_valueTooLong_restIsDecoded() {
        assertDecodes("set k 0 0 3\r\nabcdef\r\n", "SET k flags=0 exptime=0 bytes=3", BAD_LINE);
    }

    @Test
    void caseV6_commandInsideValue_isValue() {
        assertDecodes(
                "set k 0 0 11\r\nab\r\nget k\r\n\r\nmn\r\n",
                "SET k flags=0 exptime=0 bytes=11",
                "META_NOOP");
    }

    @Test
    void caseV7_emptyValue_isAccepted() {
        assertDecodes("set k 0 0 0\r\n\r\nmn\r\n", "SET k flags=0 exptime=0 bytes=0", "META_NOOP");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4294967295, 4294967295",
        "4294967296, 0",
        "18446744073709551615, 4294967295",
        "00000000000000000000000007, 7",
        "+5, 5",
        "-0, 0",
        "-18446744073709551615, 1",
        "-9223372036854775809, 4294967295",
        "'\t5', 5",
        "'5\tx', 5",
        "'\t', 0",
        "'\013\f\r9', 9",
    })
    void caseV8_clientFlags_areReadLikeStrtoul(String flags, String expected) {
        assertDecodes(
                "set k " + flags + " 0 1\r\na\r\n",
                "SET k flags=" + expected + " exptime=0 bytes=1");
    }

    @Test
    void caseV8_clientFlagsEndedByNul_areAccepted() {
        assertDecodes("set k 5\0x 0 1\r\na\r\n", "SET k flags=5 exptime=0 bytes=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "18446744073709551616",
                "-9223372036854775808",
                "abc",
                "5x",
                "+",
                "-",
                "+-5",
                "-18446744073709551616",
                "99999999999999999999999999",
                "0x5",
                "\0"
            })
    void caseV8_badClientFlags_areRefusedAndValueSwallowed(String flags) {
        assertDecodes(
                "set k " + flags + " 0 1\r\na\r\nmn\r\n", BAD_LINE + " swallow=3", "META_NOOP");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "2147483647, 2147483647",
        "2147483648, -2147483648",
        "4294967296, 0",
        "-1, -1",
        "-2147483649, 2147483647",
        "9223372036854775807, -1",
        "-9223372036854775808, 0",
        "00000000000000000000000060, 60",
        "+60, 60",
        "-0, 0",
        "'\t', 1",
    })
    void caseV8_exptime_wrapsTo32Bits(String exptime, String expected) {
        assertDecodes(
                "set k 0 " + exptime + " 1\r\na\r\n",
                "SET k flags=0 exptime=" + expected + " bytes=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "9223372036854775808",
                "-9223372036854775809",
                "18446744073709551616",
                "5x",
                "-",
                "1.5",
                "-18446744073709551615"
            })
    void caseV8_badExptime_isRefusedAndValueSwallowed(String exptime) {
        assertDecodes(
                "set k 0 " + exptime + " 1\r\na\r\nmn\r\n", BAD_LINE + " swallow=3", "META_NOOP");
    }
}
