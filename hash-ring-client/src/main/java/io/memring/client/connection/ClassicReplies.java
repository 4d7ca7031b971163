package io.memring.client.connection;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/** What the lines of the classic protocol mean. */
final class ClassicReplies {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,20} *");

    private ClassicReplies() {}

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
}
