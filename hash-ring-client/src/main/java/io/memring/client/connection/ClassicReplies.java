package io.memring.client.connection;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the lines of the classic protocol mean. */
final class ClassicReplies {
    private static final Pattern VALUE =
            Pattern.compile("(?:VALUE|CONFIG) (\\S+) (\\d{1,10}) (\\d{1,9})(?: (\\d{1,20}))?");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,20} *");

    private ClassicReplies() {}

    /** What the line in front of a value says. */
    record Header(String key, int clientFlags, int length, long cas) {}

    /** What a line says that is a reply of its own; null if it is none. */
    static @Nullable ReplyCode meaning(String line) {
        return switch (line) {
            case "STORED", "DELETED", "TOUCHED", "RESET" -> ReplyCode.DONE;
            case "NOT_STORED" -> ReplyCode.NOT_STORED;
            case "EXISTS" -> ReplyCode.EXISTS;
            case "NOT_FOUND" -> ReplyCode.NOT_FOUND;
            case "ERROR" -> ReplyCode.ERROR;
            default -> otherMeaning(line);
        };
    }

    private static @Nullable ReplyCode otherMeaning(String line) {
        if (line.startsWith("CLIENT_ERROR") || line.startsWith("SERVER_ERROR")) {
            return ReplyCode.ERROR;
        }
        if (line.startsWith("VERSION ")) {
            return ReplyCode.DONE;
        }
        return NUMBER.matcher(line).matches() ? ReplyCode.VALUE : null;
    }

    /** Whether a line stands in front of a value. */
    static boolean beginsValue(String line) {
        return line.startsWith("VALUE ") || line.startsWith("CONFIG ");
    }

    /** Reads the line in front of a value; null if it is malformed. */
    static @Nullable Header header(String line) {
        Matcher header = VALUE.matcher(line);
        if (!header.matches()) {
            return null;
        }
        String cas = header.group(4);
        return new Header(
                header.group(1),
                (int) Long.parseLong(header.group(2)),
                Integer.parseInt(header.group(3)),
                cas == null ? 0 : Long.parseUnsignedLong(cas));
    }
}
