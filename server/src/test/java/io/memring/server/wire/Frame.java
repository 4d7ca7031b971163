package io.memring.server.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.memring.protocol.binary.Header;
import io.memring.protocol.binary.Opcode;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A frame of the binary protocol as a transcript writes it: an opcode, by name or as 0x and two
 * digits; of a reply perhaps its status, as 0x and two digits; and fields.
 *
 * <pre>
 * flags= exptime= delta= initial=   extras, as the opcode has them; 0 where they are left out
 * extras=                           extras as bytes, instead
 * key=                              text without spaces, see {@link Text}
 * value=                            text up to the end of the line
 * number=                           a value of eight bytes
 * opaque= cas=                      numbers; a name after a dollar sign is bound by a reply
 * magic= keylen= extlen= datatype= vbucket= bodylen=    something else than follows from the rest
 * value~                            of a reply: a regular expression that the value matches
 * </pre>
 *
 * A request's CAS unique is 0 and its opaque the same everywhere, if they are not written down.
 * That of a reply is then not looked at, and must be that opaque.
 */
final class Frame {
    private static final Pattern WORDS =
            Pattern.compile("(?<opcode>\\S+)(?: 0x(?<status>[0-9a-f]{2}))?(?<fields>.*)");
    private static final Pattern FIELD =
            Pattern.compile(" (?:(?<name>value[=~])(?<rest>.*)|(?<other>\\w+=)(?<word>\\S*))");

    private static final int OPAQUE = 0xdecade01;

    private final int opcode;
    private final int status;
    private final Map<String, String> fields = new LinkedHashMap<>();

    private Frame(int opcode, int status) {
        this.opcode = opcode;
        this.status = status;
    }

    static Frame parse(String source) {
        Matcher words = WORDS.matcher(source);
        if (!words.matches()) {
            throw new IllegalArgumentException("not a frame: " + source);
        }
        String status = words.group("status");
        Frame frame =
                new Frame(
                        opcode(words.group("opcode")),
                        status == null ? 0 : Integer.parseInt(status, 16));
        Matcher field = FIELD.matcher(words.group("fields"));
        int end = 0;
        while (field.lookingAt()) {
            boolean isValue = field.group("name") != null;
            String name = isValue ? field.group("name") : field.group("other");
            frame.fields.put(name, isValue ? field.group("rest") : field.group("word"));
            end = field.end();
            field.region(end, field.regionEnd());
        }
        if (end != words.group("fields").length()) {
            throw new IllegalArgumentException("not the fields of a frame: " + source);
        }
        return frame;
    }

    private static int opcode(String word) {
        return word.startsWith("0x")
                ? Integer.decode(word)
                : Opcode.valueOf(word.toUpperCase(Locale.ROOT)).code();
    }

    boolean hasVariables() {
        return fields.values().stream().anyMatch(value -> value.startsWith("$"));
    }

    /** The request's bytes; every name must be bound. */
    byte[] toBytes(Map<String, String> bindings) {
        byte[] extras = extras();
        byte[] key = text("key=");
        byte[] value = value();
        int bodyLength = extras.length + key.length + value.length;
        return ByteBuffer.allocate(Header.LENGTH + bodyLength)
                .put((byte) number("magic=", Header.REQUEST_MAGIC))
                .put((byte) opcode)
                .putShort((short) number("keylen=", key.length))
                .put((byte) number("extlen=", extras.length))
                .put((byte) number("datatype=", 0))
                .putShort((short) number("vbucket=", 0))
                .putInt((int) number("bodylen=", bodyLength))
                .putInt((int) number("opaque=", OPAQUE))
                .putLong(cas(bindings))
                .put(extras)
                .put(key)
                .put(value)
                .array();
    }

    private long cas(Map<String, String> bindings) {
        String cas = fields.getOrDefault("cas=", "0");
        @Nullable String number = cas.startsWith("$") ? bindings.get(cas.substring(1)) : cas;
        if (number == null) {
            throw new IllegalArgumentException("no reply has bound " + cas);
        }
        return Long.parseUnsignedLong(number);
    }

    private byte[] extras() {
        if (fields.containsKey("extras=")) {
            return text("extras=");
        }
        ByteBuffer extras = ByteBuffer.allocate(20);
        for (String name : extraNames()) {
            if (name.equals("delta=") || name.equals("initial=")) {
                extras.putLong(number(name, 0));
            } else {
                extras.putInt((int) number(name, 0));
            }
        }
        byte[] bytes = new byte[extras.position()];
        extras.flip().get(bytes);
        return bytes;
    }

    private List<String> extraNames() {
        return switch (opcode) {
            case 0x01, 0x02, 0x03, 0x11, 0x12, 0x13 -> List.of("flags=", "exptime=");
            case 0x05, 0x06, 0x15, 0x16 -> List.of("delta=", "initial=", "exptime=");
            case 0x1c, 0x1d, 0x1e, 0x23, 0x24 -> List.of("exptime=");
            default -> fields.containsKey("exptime=") ? List.of("exptime=") : List.of();
        };
    }

    private byte[] text(String name) {
        return Text.parse(fields.getOrDefault(name, "")).resolve(Map.of()).getBytes(ISO_8859_1);
    }

    private byte[] value() {
        return fields.containsKey("number=")
                ? ByteBuffer.allocate(Long.BYTES).putLong(number("number=", 0)).array()
                : text("value=");
    }

    /** Decimal or hexadecimal, unsigned. */
    private long number(String name, long otherwise) {
        String digits = fields.get(name);
        if (digits == null) {
            return otherwise;
        }
        return digits.startsWith("0x")
                ? Long.parseUnsignedLong(digits.substring(2), 16)
                : Long.parseUnsignedLong(digits);
    }

    /** How long the body is that follows a reply's header. */
    static int bodyLength(byte[] header) {
        return ByteBuffer.wrap(header).getInt(8);
    }

    /** Whether {@code actual} is this reply; binds the name of a CAS unique. */
    boolean matches(byte[] actual, Map<String, String> bindings) {
        ByteBuffer header = ByteBuffer.wrap(actual);
        int extrasLength = header.get(4);
        int keyLength = header.getShort(2);
        int valueIndex = Header.LENGTH + extrasLength + keyLength;
        return header.get(0) == Header.REPLY_MAGIC
                && header.get(1) == (byte) opcode
                && header.get(5) == 0
                && header.getShort(6) == status
                && header.getInt(12) == (int) number("opaque=", OPAQUE)
                && matchesCas(header.getLong(16), bindings)
                && slice(actual, Header.LENGTH, extrasLength).equals(latin(flags()))
                && slice(actual, Header.LENGTH + extrasLength, keyLength)
                        .equals(latin(text("key=")))
                && matchesValue(slice(actual, valueIndex, actual.length - valueIndex));
    }

    private byte[] flags() {
        return fields.containsKey("flags=")
                ? ByteBuffer.allocate(4).putInt((int) number("flags=", 0)).array()
                : new byte[0];
    }

    private boolean matchesCas(long actual, Map<String, String> bindings) {
        String wanted = fields.getOrDefault("cas=", "$");
        if (wanted.equals("$")) {
            return true;
        }
        if (!wanted.startsWith("$")) {
            return actual == Long.parseUnsignedLong(wanted);
        }
        String number = Long.toUnsignedString(actual);
        @Nullable String bound = bindings.putIfAbsent(wanted.substring(1), number);
        return actual != 0 && (bound == null || bound.equals(number));
    }

    private boolean matchesValue(String actual) {
        String pattern = fields.get("value~");
        return pattern == null
                ? actual.equals(latin(value()))
                : Pattern.compile(pattern, Pattern.DOTALL).matcher(actual).matches();
    }

    private static String slice(byte[] bytes, int index, int length) {
        return new String(bytes, index, length, ISO_8859_1);
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    @Override
    public String toString() {
        return "0x%02x status 0x%02x %s".formatted(opcode, status, fields);
    }
}
