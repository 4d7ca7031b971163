package io.memring.protocol.text;

import static io.memring.protocol.text.Transcript.assertDecodes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Locale;

/** Where a line ends, how long it may be, and lines that hold no known command. */
class FramingTest {
    private static final String BAD_LINE = "INVALID CLIENT_ERROR bad command line format";

    @Test
    void caseL1_longLineOfOtherCommand_closes() {
        for (String verb : new String[] {"set ", "mg ", "ms ", "delete ", "stats ", "zz "}) {
            String line = verb + "a".repeat(2049 - verb.length());
            assertDecodes(line, "CLOSE");
        }
    }

    @Test
    void caseL1_2048BytesWithoutEnd_waits() {
        assertDecodes("a".repeat(2048));
    }

    @Test
    void caseL1_lineOf2048BytesWithEnd_isDecoded() {
        String line = "delete " + " ".repeat(2038) + "k\r\n";
        assertDecodes(line, "DELETE k");
        assertDecodes(" " + line, "CLOSE");
    }

    @Test
    void caseL2_onlySpaces_closes() {
        assertDecodes(" ".repeat(4095), "CLOSE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"get ", "gets "})
    void caseL3_longKeyList_isDecodedKeyByKey(String verb) {
        StringBuilder line = new StringBuilder(verb);
        StringBuilder expected = new StringBuilder(verb.trim().toUpperCase(Locale.ROOT));
        for (int i = 0; i < 400; i++) {
            line.append("key-").append(i).append(' ');
            expected.append(" key-").append(i);
        }
        assertDecodes(line + "\r\nmn\r\n", expected.toString(), "META_NOOP");
    }

    @Test
    void caseL4_manySpacesBeforeVerb_closesBeyondLimitOnly() {
        String spaces = " ".repeat(101);
        assertDecodes(spaces + "gets foo" + " ".repeat(2048), "CLOSE");
        assertDecodes(spaces + "gets foo\r\n", "UNKNOWN");
    }

    @Test
    void caseL5_longLine_closesHoweverItArrives() {
        assertDecodes("set k 0 0 1" + " ".repeat(10_000) + "\r\na\r\n", "CLOSE");
    }

    @Test
    void caseL6_endlessKey_isDroppedAsItArrives() {
        assertDecodes("get " + "a".repeat(6000) + "\r\nmn\r\n", BAD_LINE, "META_NOOP");
    }

    @Test
    void caseL7_bareNewline_endsLine() {
        assertDecodes("delete k\nget a\nmn \n", "DELETE k", "GET a", "META_NOOP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "a\r\n", " \n", "mn\n", "ab\n", " \r\n"})
    void caseL8_lineBelowFourBytes_isBad(String line) {
        assertDecodes(line + "mn\r\n", BAD_LINE, "META_NOOP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab\r\n", "    \n", "  \r\n", " get a\r\n", "GET a\r\n", "get\ta\r\n"})
    void caseL9_unknownCommand_isUnknown(String line) {
        assertDecodes(line, "UNKNOWN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gett a\r\n", "ge a\r\n", "se k 0 0 1\r\n", "sets k 0 0 1\r\n", "mx k\r\n",
                "m\0 k\r\n", "get\0 k\r\n", "quits\r\n", "deletee k\r\n", "versions\r\n",
                "flush_al\r\n", "gat\0 1 k\r\n", "\200get k\r\n", "set\r k 0 0 1\r\n"
            })
    void caseL9_almostACommand_isUnknown(String line) {
        assertDecodes(line, "UNKNOWN");
    }

    @ParameterizedTest
    @CsvSource({
        "noreply, UNKNOWN noreply",
        "zz noreply, UNKNOWN noreply",
        "zz noreply x, UNKNOWN",
        "zz noreplyx, UNKNOWN",
        "zz NOREPLY, UNKNOWN",
    })
    void unknownCommand_withNoreply_isSilent(String line, String expected) {
        assertDecodes(line + "\r\n", expected);
    }

    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.1, CLOSE",
        "' GET HTTP/', CLOSE",
        "POST HTTP/x, CLOSE",
        "HTTP/1.1, UNKNOWN",
        "' HTTP/1.1', UNKNOWN",
        "GET / HTTP/1.1 x, UNKNOWN",
        "GET / http/1.1, UNKNOWN",
        "GET / HTTP/1.1 noreply, UNKNOWN noreply",
        "get / HTTP/1.1, GET / HTTP/1.1",
        "delete HTTP/1.1, DELETE HTTP/1.1",
    })
    void caseL10_httpRequest_closes(String line, String expected) {
        assertDecodes(line + "\r\n", expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get",
                "gets",
                "gat",
                "gats",
                "gat 10",
                "gats 10",
                "gat x",
                "set",
                "set k",
                "set k 0",
                "set k 0 0",
                "set k 0 0 noreply",
                "cas k 0 0",
                "incr",
                "incr k",
                "incr noreply",
                "decr k",
                "touch",
                "touch k",
                "delete",
                "mg",
                "ms",
                "ms k",
                "md",
                "ma",
                "me",
                "verbosity"
            })
    void caseL11_tooFewTokens_isBad(String line) {
        assertDecodes(line + "\r\nmn\r\n", BAD_LINE, "META_NOOP");
        assertDecodes(line + "  \n", BAD_LINE);
    }

    @Test
    void caseL12_controlCharactersInKey_areAccepted() {
        assertDecodes("delete a\tb\r\n", "DELETE a\tb");
        assertDecodes("get a\0b \33c\r\n", "GET a\0b \33c");
        assertDecodes("get a\r b\r\n", "GET a\r b");
        assertDecodes("get \r\r\n", "GET \r");
        assertDecodes("delete \r \r\n", "DELETE \r");
        assertDecodes("set \377\200 0 0 1\r\na\r\n", "SET \377\200 flags=0 exptime=0 bytes=1");
    }

    @Test
    void caseL13_pipeline_givesTheSameHoweverCut() {
        String pipeline =
                String.join(
                        "\r\n",
                        "set a 1 2 3 noreply",
                        "abc",
                        "get a  b ",
                        "gats -1 a",
                        "mg a v t",
                        "ms b 4 T0 F9",
                        "val\n",
                        "set c 0 0 x",
                        "incr a 5",
                        "zz",
                        "quit",
                        "");
        assertDecodes(
                pipeline,
                "SET a flags=1 exptime=2 bytes=3 noreply",
                "GET a b",
                "GATS -1 a",
                "META_GET a v t",
                "META_SET b T0 F9 bytes=4",
                BAD_LINE,
                "INCR a delta=5",
                "UNKNOWN",
                "QUIT");
    }

    @Test
    void spaces_aroundTokens_areSkipped() {
        assertDecodes(
                "set   k  1    2 3   noreply  \r\nabc\r\nget   a    b  \r\n",
                "SET k flags=1 exptime=2 bytes=3 noreply",
                "GET a b");
    }
}
