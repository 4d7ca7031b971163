package io.memring.server.fuzz;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks that what came back on a text connection is a row of whole replies and nothing else. */
final class TextReplyStream {
    private static final Pattern LINE =
            Pattern.compile(
                    "(?:STORED|NOT_STORED|EXISTS|NOT_FOUND|DELETED|TOUCHED|OK|END|RESET|ERROR"
                            + "|HD|NS|EX|NF|EN|MN|\\d+"
                            + "|(?:CLIENT_ERROR|SERVER_ERROR:?|VERSION|STAT|PREFIX|HD|NS|EX|NF|ME|EN"
                            + "|MEMLIMIT_TOO_SMALL|MEMLIMIT_ADJUST_FAILED) [^\\n]*"
                            + "|VALUE [^ \\n]+ \\d+ (?<valueLength>\\d+)(?: \\d+)?"
                            + "|VA (?<metaLength>\\d+)(?: [^\\n]*)?)\\r\\n",
                    Pattern.DOTALL);

    private TextReplyStream() {}

    static void check(String replies) {
        Matcher line = LINE.matcher(replies);
        int end = 0;
        while (end < replies.length()) {
            line.region(end, replies.length());
            if (!line.lookingAt()) {
                throw new AssertionError("no reply: " + replies.substring(end));
            }
            end = afterValue(replies, line);
        }
    }

    private static int afterValue(String replies, Matcher line) {
        String length =
                line.group("valueLength") == null
                        ? line.group("metaLength")
                        : line.group("valueLength");
        if (length == null) {
            return line.end();
        }
        int end = line.end() + Integer.parseInt(length);
        InlineNode.require(replies.startsWith("\r\n", end), "a value is not as long as it says");
        return end + 2;
    }
}
