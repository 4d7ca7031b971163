package io.memring.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.text.Normalizer;

/**
 * Names and passwords in the form in which they are compared, so that what looks the same is the
 * same however a keyboard or a client has put it together.
 */
final class PreparedText {
    /*
     * This is SASLprep (RFC 4013), which SCRAM asks for, with two simplifications: what Java calls
     * unassigned is refused in queries as well, and the rules about mixing right-to-left and
     * left-to-right text are left out. On ASCII it does nothing but refuse control characters.
     * Names may hold no spaces besides, as in RFC 8265: text authentication could not carry them.
     */
    static final int MAX_NAME_BYTES = 255;
    static final int MAX_PASSWORD_BYTES = 1024;

    private static final int FIRST_VARIATION_SELECTOR = 0xFE00;
    private static final int LAST_VARIATION_SELECTOR = 0xFE0F;

    private PreparedText() {}

    /** The name to look up; null for what can be no user's name. */
    static @Nullable String name(String text) {
        String prepared = prepare(text);
        boolean possible =
                prepared != null
                        && prepared.indexOf(' ') < 0
                        && prepared.getBytes(UTF_8).length <= MAX_NAME_BYTES;
        return possible ? prepared : null;
    }

    /** The password to check; null for what can be no password. */
    static @Nullable String password(String text) {
        String prepared = prepare(text);
        boolean possible =
                prepared != null && prepared.getBytes(UTF_8).length <= MAX_PASSWORD_BYTES;
        return possible ? prepared : null;
    }

    /** Bytes as text; null when they are not UTF-8. */
    static @Nullable String decode(byte[] bytes) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static @Nullable String prepare(String text) {
        if (isPrintableAscii(text)) {
            return text.isEmpty() ? null : text;
        }
        StringBuilder mapped = new StringBuilder(text.length());
        text.codePoints().filter(c -> !isMappedToNothing(c)).forEach(c -> appendMapped(mapped, c));
        String normal = Normalizer.normalize(mapped, Normalizer.Form.NFKC);
        boolean allowed = normal.codePoints().noneMatch(PreparedText::isProhibited);
        return allowed && !normal.isEmpty() ? normal : null;
    }

    private static boolean isPrintableAscii(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
    }

    /** RFC 3454, table B.1. */
    private static boolean isMappedToNothing(int c) {
        return switch (c) {
            case 0x00AD, 0x034F, 0x1806, 0x180B, 0x180C, 0x180D -> true;
            case 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF -> true;
            default -> c >= FIRST_VARIATION_SELECTOR && c <= LAST_VARIATION_SELECTOR;
        };
    }

    /** RFC 3454, table C.1.2: other spaces count as the ordinary one. */
    private static void appendMapped(StringBuilder mapped, int c) {
        mapped.appendCodePoint(Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c);
    }

    private static boolean isProhibited(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED ->
                    true;
            default -> false;
        };
    }
}
