package io.memring.server.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes as a transcript writes them: ISO-8859-1 text with backslash escapes (r, n, t, xHH for a
 * byte, and the backslash, the opening brace and the dollar sign themselves), repetition (a unit, a
 * star and a number within braces) and numbers known only at run time: a dollar sign and a name.
 * The first reply that holds a name binds it; after that the name stands for the number. The name
 * {@code in_an_hour} is bound from the start, to a unix time.
 */
final class Text {
    private sealed interface Part permits Literal, Variable {}

    private record Literal(String bytes) implements Part {}

    private record Variable(String name) implements Part {}

    private static final Pattern TOKEN =
            Pattern.compile(
                    "\\\\x(?<hex>[0-9a-fA-F]{2})|\\\\(?<escape>.)"
                            + "|\\{(?<unit>[^*}]+)\\*(?<times>\\d+)}|\\$(?<name>[a-z]\\w*)",
                    Pattern.DOTALL);

    private final List<Part> parts = new ArrayList<>();

    private Text() {}

    static Text parse(String source) {
        Text text = new Text();
        Matcher token = TOKEN.matcher(source);
        StringBuilder literal = new StringBuilder();
        int end = 0;
        while (token.find()) {
            literal.append(source, end, token.start());
            end = token.end();
            String name = token.group("name");
            if (name == null) {
                literal.append(expand(token));
            } else {
                text.parts.add(new Literal(literal.toString()));
                text.parts.add(new Variable(name));
                literal.setLength(0);
            }
        }
        literal.append(source, end, source.length());
        text.parts.add(new Literal(literal.toString()));
        return text;
    }

    private static String expand(Matcher token) {
        if (token.group("hex") != null) {
            return String.valueOf((char) Integer.parseInt(token.group("hex"), 16));
        }
        if (token.group("unit") != null) {
            String unit = parse(token.group("unit")).resolve(Map.of());
            return unit.repeat(Integer.parseInt(token.group("times")));
        }
        char escape = token.group("escape").charAt(0);
        return switch (escape) {
            case 'r' -> "\r";
            case 'n' -> "\n";
            case 't' -> "\t";
            case '\\', '{', '$' -> String.valueOf(escape);
            default -> throw new IllegalArgumentException("unknown escape: \\" + escape);
        };
    }

    boolean hasVariables() {
        return parts.size() > 1;
    }

    /** The text with its names as written, for messages and for counting lines. */
    String shape() {
        StringBuilder bytes = new StringBuilder();
        for (Part part : parts) {
            bytes.append(
                    switch (part) {
                        case Literal(String literal) -> literal;
                        case Variable(String name) -> "$" + name;
                    });
        }
        return bytes.toString();
    }

    /** The text to send; every name must be bound. */
    String resolve(Map<String, String> bindings) {
        StringBuilder bytes = new StringBuilder();
        for (Part part : parts) {
            bytes.append(
                    switch (part) {
                        case Literal(String literal) -> literal;
                        case Variable(String name) -> bound(name, bindings);
                    });
        }
        return bytes.toString();
    }

    private static String bound(String name, Map<String, String> bindings) {
        @Nullable String value = bindings.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no reply has bound $" + name);
        }
        return value;
    }

    /** Whether {@code actual} is this text; binds the names that it meets for the first time. */
    boolean matches(String actual, Map<String, String> bindings) {
        if (!hasVariables()) {
            return actual.equals(resolve(bindings));
        }
        Matcher matcher = pattern(bindings).matcher(actual);
        if (!matcher.matches()) {
            return false;
        }
        matcher.namedGroups().keySet().forEach(name -> bindings.put(name, matcher.group(name)));
        return true;
    }

    private Pattern pattern(Map<String, String> bindings) {
        StringBuilder regex = new StringBuilder();
        List<String> free = new ArrayList<>();
        for (Part part : parts) {
            regex.append(
                    switch (part) {
                        case Literal(String literal) -> Pattern.quote(literal);
                        case Variable(String name) when bindings.containsKey(name) ->
                                Pattern.quote(bound(name, bindings));
                        case Variable(String name) when free.contains(name) -> "\\k<" + name + ">";
                        case Variable(String name) -> {
                            free.add(name);
                            yield "(?<" + name + ">[0-9]+)";
                        }
                    });
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    /** Bytes for a failure message: printable, and cut in the middle when long. */
    static String printable(String bytes) {
        StringBuilder shown = new StringBuilder();
        for (byte b : bytes.getBytes(ISO_8859_1)) {
            switch (b) {
                case '\r' -> shown.append("\\r");
                case '\n' -> shown.append("\\n");
                default -> shown.append(b >= ' ' && b < 127 ? "" + (char) b : hex(b));
            }
        }
        int length = shown.length();
        return length <= 400
                ? shown.toString()
                : shown.substring(0, 200)
                        + " ...("
                        + length
                        + ")... "
                        + shown.substring(length - 100);
    }

    private static String hex(byte b) {
        return "\\x%02x".formatted(b);
    }
}
