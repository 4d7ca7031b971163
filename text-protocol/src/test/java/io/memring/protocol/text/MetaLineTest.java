package io.memring.protocol.text;

import static io.memring.protocol.text.Transcript.assertDecodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

/** The meta commands: their flags, and which of several errors wins. */
class MetaLineTest {
    private static final String INVALID = "INVALID CLIENT_ERROR ";
    private static final String BAD_LINE = INVALID + "bad command line format";
    private static final String BAD_TOKEN = INVALID + "bad token in command line format";
    private static final String BAD_FLAG = INVALID + "invalid flag";
    private static final String DUPLICATE = INVALID + "duplicate flag";
    private static final String MASKED = INVALID + "invalid or duplicate flag";
    private static final String OPAQUE_31 = "O" + "o".repeat(31);
    private static final String OPAQUE_32 = "O" + "o".repeat(32);
    private static final String KEY_251 = "k".repeat(251);

    private final TextRequestDecoder decoder = new TextRequestDecoder();

    @ParameterizedTest
    @CsvSource({
        "mg key, META_GET key",
        "mg key v, META_GET key v",
        "mg  key  t   v , META_GET key t v",
        "mg key s v t f k q Oabc N30 R10 T0 u, META_GET key s v t f k q Oabc N30 R10 T0 u",
        "mg key P1 Lx h l c C5, META_GET key P1 Lx h l c C5",
        "mg key O, META_GET key O",
        "mg key sx vz, META_GET key sx vz",
        "ms key 5, META_SET key bytes=5",
        "ms key 5 T0 F1 MA, META_SET key T0 F1 MA bytes=5",
        "md key q, META_DELETE key q",
        "md key I T30 x E7, META_DELETE key I T30 x E7",
        "ma key D5 J7 N0 MD, META_ARITHMETIC key D5 J7 N0 MD",
        "me key, META_DEBUG key",
        "me key v v z, META_DEBUG key v v z",
        "mn, META_NOOP",
    })
    void command_withFlags_keepsThemInOrder(String line, String expected) {
        String value = line.startsWith("ms") ? "hello\r\n" : "";
        assertDecodes(line + "\r\n" + value + "mn\r\n", expected, "META_NOOP");
    }

    @Test
    void caseM2_moreThan20Tokens_isRefused() {
        String flags = " b c f h k l q s t u v x I O1 P L F1";
        assertDecodes("mg aaaa" + flags + " T1\r\n", "META_GET i\246\232" + bare(flags + " T1"));
        assertDecodes("mg aaaa" + flags + " T1 N1\r\n", INVALID + "options flags are too long");
        assertDecodes(
                "ms aaaa 1" + flags + " T1\r\na\r\nmn\r\n",
                INVALID + "options flags are too long swallow=3",
                "META_NOOP");
        assertDecodes("ma aaaa" + flags + " T1 N1\r\n", MASKED);
        assertDecodes("mg k" + " v".repeat(40) + "\r\n", INVALID + "options flags are too long");
    }

    /** Flags as the transcript shows them for a base64 key. */
    private static String bare(String flags) {
        return flags.replaceAll("[0-9]", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v v", "T1 T2", "O1 v O2", "Tx T1", "b b"})
    void caseM3_duplicateFlag_isRefused(String flags) {
        assertDecodes("mg aaaa " + flags + "\r\n", DUPLICATE);
        assertDecodes("md aaaa " + flags + "\r\n", DUPLICATE);
        assertDecodes("ma aaaa " + flags + "\r\n", MASKED);
        assertDecodes(
                "ms aaaa 1 " + flags + "\r\na\r\nmn\r\n", DUPLICATE + " swallow=3", "META_NOOP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"z", "Z", "S100", "1", "a", "[", "_", "`x", "Fx z", "Tx z", "W", "X"})
    void caseM4_unknownFlag_isRefused(String flags) {
        assertDecodes("mg k " + flags + "\r\n", BAD_FLAG);
        assertDecodes("ma k " + flags + "\r\n", MASKED);
        assertDecodes("ms k 1 " + flags + "\r\na\r\nmn\r\n", BAD_FLAG + " swallow=3", "META_NOOP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "-", "{", "~v", "\200", "v !", "z /", "v v @", "\t", "\0"})
    void flagThatIsNoLetter_isBadLineAndValueNotSwallowed(String flags) {
        assertDecodes("mg k " + flags + "\r\n", BAD_LINE);
        assertDecodes("me k " + flags + "\r\n", BAD_LINE);
        assertDecodes("ma k " + flags + "\r\n", BAD_LINE);
        assertDecodes("ms k 1 " + flags + "\r\nmn\r\n", BAD_LINE, "META_NOOP");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "T",
                "N",
                "R",
                "C",
                "E",
                "Tx",
                "N1x",
                "R2147483648",
                "T-2147483649",
                "C-1",
                "E18446744073709551616",
                "T000000000001",
                "Fx Tx",
                "Tx Fx",
                "Jx Tx",
                "T+1"
            })
    void caseM5_badNumber_isRefused(String flags) {
        assertDecodes("mg k " + flags + "\r\n", BAD_TOKEN);
        assertDecodes("md k " + flags + "\r\n", BAD_TOKEN);
        assertDecodes("ma k " + flags + "\r\n", MASKED);
        assertDecodes("ms k 1 " + flags + "\r\na\r\nmn\r\n", BAD_TOKEN + " swallow=3", "META_NOOP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"F", "Fx", "F4294967296", "F-1", "F000000000001", "Fx v"})
    void badClientFlags_areABadLine(String flags) {
        assertDecodes("mg k " + flags + "\r\n", BAD_LINE);
        assertDecodes("ms k 1 " + flags + "\r\na\r\nmn\r\n", BAD_LINE + " swallow=3", "META_NOOP");
    }

    @Test
    void severalBadTokens_lastButNotFGivesTheError() {
        assertDecodes("mg k Tx Jx\r\n", INVALID + "invalid numeric initial value");
        assertDecodes("mg k Dx Tx\r\n", BAD_TOKEN);
        assertDecodes("mg k Dx Fx\r\n", INVALID + "invalid numeric delta value");
        assertDecodes("mg k Tx b\r\n", INVALID + "error decoding key");
        assertDecodes("mg k b Tx\r\n", BAD_TOKEN);
    }

    @Test
    void caseM6_opaque_isLimitedTo31Bytes() {
        for (String verb : new String[] {"mg", "md", "ma"}) {
            String line = verb + " k v ";
            assertDecodes(line + OPAQUE_32 + " q\r\n", INVALID + "opaque token too long");
            assertDecodes(line + OPAQUE_31 + " q\r\n", name(verb) + " k v " + OPAQUE_31 + " q");
        }
        assertDecodes(
                "ms k 1 " + OPAQUE_32 + "\r\na\r\nmn\r\n",
                INVALID + "opaque token too long swallow=3",
                "META_NOOP");
    }

    private static String name(String verb) {
        return switch (verb) {
            case "mg" -> "META_GET";
            case "md" -> "META_DELETE";
            default -> "META_ARITHMETIC";
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", "aaa", "aaaaa", "====", "A===", "!!!!", "aaaa="})
    void caseM7_badBase64_isRefused(String key) {
        assertDecodes("mg " + key + " b\r\n", INVALID + "error decoding key");
        assertDecodes("md " + key + " v b\r\n", INVALID + "error decoding key");
        assertDecodes("ma " + key + " b\r\n", MASKED);
        assertDecodes("me " + key + " b\r\n", BAD_LINE);
        assertDecodes(
                "ms " + key + " 1 b\r\na\r\nmn\r\n",
                INVALID + "error decoding key swallow=3",
                "META_NOOP");
    }

    @ParameterizedTest
    @CsvSource({
        "Zm9v, foo",
        "Zm9vYg==, foob",
        "Zm9vYmE=, fooba",
        "Zm9v!!, foo",
        "Z-m.9*v, foo",
        "Zg==Zm9v, f",
    })
    void base64Key_isDecoded(String key, String expected) {
        assertDecodes("mg " + key + " b v\r\n", "META_GET " + expected + " b v");
        assertDecodes("mg " + key + " v b\r\n", "META_GET " + expected + " v b");
        assertDecodes("me " + key + " b\r\n", "META_DEBUG " + expected + " b");
        assertDecodes("me " + key + " v b\r\n", "META_DEBUG " + key + " v b");
    }

    @Test
    void base64Key_isLimitedAsEncoded() {
        String key = "aaaa".repeat(62) + "==";
        assertDecodes("mg " + key + " b\r\n", INVALID + "error decoding key");
        decode("mg " + "aaaa".repeat(62) + " b\r\n");
        assertThat(decoder.keyLength()).isEqualTo(186);
        assertThat(decoder.wireKeyLength()).isEqualTo(248);
        assertDecodes("mg " + "aaaa".repeat(63) + " b\r\n", BAD_LINE);
    }

    @Test
    void caseM8_wrongMode_isRefused() {
        for (String mode : new String[] {"M", "Mx", "Ms", "M+", "MI", "MD", "M1"}) {
            assertDecodes(
                    "ms k 1 " + mode + " " + OPAQUE_32 + "\r\na\r\nmn\r\n",
                    INVALID + "invalid mode for ms M token swallow=3",
                    "META_NOOP");
        }
        for (String mode : new String[] {"M", "Mx", "Mi", "ME", "MS", "MA"}) {
            assertDecodes(
                    "ma k " + OPAQUE_32 + " " + mode + "\r\n",
                    INVALID + "invalid mode for ma M token");
        }
        assertDecodes("mg k M Mx\r\n", DUPLICATE);
        assertDecodes("mg k Mx\r\n", "META_GET k Mx");
    }

    @ParameterizedTest
    @CsvSource({
        "ms k 1, S",
        "ms k 1 MS, S",
        "ms k 1 ME, E",
        "ms k 1 MA, A",
        "ms k 1 MP, P",
        "ms k 1 MR, R",
        "ms k 1 MRxyz, R",
        "ma k, +",
        "ma k MI, +",
        "ma k M+, +",
        "ma k MIncr, +",
        "ma k MD, -",
        "ma k M-, -",
    })
    void mode_isMadeUniform(String line, char expected) {
        decode(line + "\r\n");
        assertThat((char) decoder.meta().mode()).isEqualTo(expected);
    }

    @Test
    void modeOfNul_isNoMode() {
        assertThat(decode("ms k 1 M\0\r\n")).isEqualTo(Verb.META_SET);
        assertThat((char) decoder.meta().mode()).isEqualTo('S');
    }

    @ParameterizedTest
    @CsvSource({
        "Jx, invalid numeric initial value",
        "J, invalid numeric initial value",
        "J-1, invalid numeric initial value",
        "Dx, invalid numeric delta value",
        "D18446744073709551616, invalid numeric delta value",
        "Nx, bad token in command line format",
    })
    void caseM9_junkInArithmeticFlags_isMaskedForMaOnly(String flag, String text) {
        assertDecodes("ma k " + flag + "\r\n", MASKED);
        assertDecodes("mg k " + flag + "\r\n", INVALID + text);
        assertDecodes("md k " + flag + " q\r\n", INVALID + text);
        assertDecodes("ms k 0 " + flag + "\r\n\r\n", INVALID + text + " swallow=2");
    }

    @Test
    void caseV1_keyOf251_isRefusedFirst() {
        assertDecodes("mg " + KEY_251 + " z z\r\n", BAD_LINE);
        assertDecodes("md " + KEY_251 + "\r\n", BAD_LINE);
        assertDecodes("me " + KEY_251 + "\r\n", BAD_LINE);
        assertDecodes("ma " + KEY_251 + "\r\n", MASKED);
        assertDecodes(
                "ms " + KEY_251 + " 1 q\r\na\r\nmn\r\n", BAD_LINE + " swallow=3", "META_NOOP");
    }

    @Test
    void flags_withNumbers_areRead() {
        decode("mg k T-1 N30 R2147483647 C18446744073709551615 E7 F4294967295 D9 J8 v\r\n");
        MetaFlags flags = decoder.meta();
        assertThat(flags.touchExptime()).isEqualTo(-1);
        assertThat(flags.vivifyExptime()).isEqualTo(30);
        assertThat(flags.recacheSeconds()).isEqualTo(Integer.MAX_VALUE);
        assertThat(flags.casCompare()).isEqualTo(-1L);
        assertThat(flags.casExplicit()).isEqualTo(7);
        assertThat(flags.clientFlags()).isEqualTo(-1);
        assertThat(flags.delta()).isEqualTo(9);
        assertThat(flags.initial()).isEqualTo(8);
        assertThat(flags.hasTouch() && flags.hasVivify() && flags.hasRecache()).isTrue();
        assertThat(flags.hasCasCompare() && flags.hasCasExplicit()).isTrue();
        assertThat(flags.wantsValue()).isTrue();
        assertThat(flags.quiet() || flags.noBump() || flags.base64Key()).isFalse();
        assertThat(flags.invalidate() || flags.removeValue() || flags.has('M')).isFalse();
    }

    @Test
    void flags_ofEarlierRequest_areForgotten() {
        decode("ma k T1 N30 R5 C5 E7 F5 D9 J8 q u x I MD\r\n");
        decode("ma k\r\n");
        MetaFlags flags = decoder.meta();
        assertThat(flags.count()).isZero();
        assertThat(flags.hasTouch() || flags.hasVivify() || flags.hasRecache()).isFalse();
        assertThat(flags.hasCasCompare() || flags.hasCasExplicit() || flags.quiet()).isFalse();
        assertThat(flags.noBump() || flags.invalidate() || flags.removeValue()).isFalse();
        assertThat(flags.touchExptime()).isZero();
        assertThat(flags.clientFlags()).isZero();
        assertThat(flags.delta()).isEqualTo(1);
        assertThat(flags.initial()).isZero();
        assertThat((char) flags.mode()).isEqualTo('+');
    }

    @Test
    void wireKey_ofBase64Key_isInTheInput() {
        ByteBuf in = Unpooled.copiedBuffer("mg AAEC b\r\n", StandardCharsets.US_ASCII);
        try {
            decoder.decode(in);
            assertThat(in.toString(decoder.wireKeyIndex(), 4, StandardCharsets.US_ASCII))
                    .isEqualTo("AAEC");
            assertThat(decoder.keyBuffer().getMedium(decoder.keyIndex())).isEqualTo(0x000102);
            assertThat(decoder.keyLength()).isEqualTo(3);
            assertThat(decoder.keyBuffer().isDirect()).isTrue();
        } finally {
            in.release();
        }
    }

    private Verb decode(String line) {
        ByteBuf in = Unpooled.copiedBuffer(line, StandardCharsets.ISO_8859_1);
        try {
            return decoder.decode(in);
        } finally {
            in.release();
        }
    }
}
