package io.memring.server.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests of the meta protocol, in lines, played twice: as they are and in one piece, and then cut
 * and with an opaque number added to each. But for these numbers, which must come back in their
 * order, the replies must be the same.
 */
public final class MetaFuzzer {
    private static final Set<String> VERBS =
            Set.of(
                    "mg", "ms", "ma", "md", "me", "mn", "get", "gets", "delete", "incr", "decr",
                    "touch");

    /** Lines beyond this, or with more tokens, might break a limit with one token more. */
    private static final int MAX_LINE = 1500;

    private static final int MAX_TOKENS = 12;

    private static final Pattern PRINTABLE = Pattern.compile("[ -~]*");
    private static final Pattern LENGTH = Pattern.compile("[1-9]?\\d{1,3}");

    /** Cuts, held stripes and seconds that go by may be anywhere; nothing else is of use here. */
    private static final Pattern ESCAPES = Pattern.compile("\u00ff[chtr]");

    private static final Pattern OTHER_ESCAPES = Pattern.compile("\u00ff(?:[^chtr]|$)");

    private static final Pattern TAG = Pattern.compile(" O9(\\d{7})(?=\\r\\n| )");

    private final StringBuilder plain = new StringBuilder();
    private final StringBuilder tagged = new StringBuilder();
    private int count;

    private MetaFuzzer() {}

    /** Plays one input. */
    public static void fuzzerTestOneInput(byte[] input) {
        MetaFuzzer run = new MetaFuzzer();
        String text = OTHER_ESCAPES.matcher(new String(input, ISO_8859_1)).replaceAll("");
        for (String line : text.split("\\r?\\n", -1)) {
            run.add(line);
        }
        run.play();
    }

    private void add(String line) {
        String visible = ESCAPES.matcher(line).replaceAll("");
        String[] tokens = visible.strip().split(" +", -1);
        boolean mistakable = visible.contains("O9");
        if (line.length() > MAX_LINE || mistakable || !VERBS.contains(tokens[0])) {
            return;
        }
        String value = "";
        if (tokens[0].equals("ms")) {
            if (tokens.length < 3 || !LENGTH.matcher(tokens[2]).matches()) {
                return;
            }
            String unit = count % 3 == 0 ? "v" : String.valueOf(count % 10);
            value = unit.repeat(Integer.parseInt(tokens[2])) + "\r\n";
        }
        count++;
        plain.append(line).append("\r\n").append(value);
        String tag = canBeTagged(visible, tokens) ? " O9%07d".formatted(count) : "";
        tagged.append(line).append(tag).append("\r\n").append(value);
    }

    /** An opaque may be added where there is none, behind whatever must come first. */
    private static boolean canBeTagged(String line, String[] tokens) {
        int first =
                switch (tokens[0]) {
                    case "ms" -> 3;
                    case "mg", "ma", "md" -> 2;
                    default -> Integer.MAX_VALUE;
                };
        if (tokens.length < first || tokens.length > MAX_TOKENS) {
            return false;
        }
        List<String> flags = List.of(tokens).subList(first, tokens.length);
        return PRINTABLE.matcher(line).matches()
                && flags.stream().noneMatch(flag -> flag.startsWith("O"));
    }

    private void play() {
        FuzzScript once = FuzzScript.parse(plain.toString().getBytes(ISO_8859_1)).whole();
        FuzzScript again = FuzzScript.parse(tagged.toString().getBytes(ISO_8859_1));
        Playback.Outcome expected = Playback.play(once).getFirst();
        Playback.Outcome actual = Playback.play(again).getFirst();
        checkOrder(actual.replies());
        TextReplyStream.check(actual.replies());
        String same = TAG.matcher(actual.replies()).replaceAll("");
        if (!same.equals(TAG.matcher(expected.replies()).replaceAll(""))) {
            throw new AssertionError("plain: " + expected + "\ntagged: " + actual);
        }
    }

    private static void checkOrder(String replies) {
        int last = 0;
        Matcher tag = TAG.matcher(replies);
        while (tag.find()) {
            int number = Integer.parseInt(tag.group(1));
            InlineNode.require(number > last, "replies in another order");
            last = number;
        }
    }
}
