package io.memring.load.ring;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Map;

/** Writes maps, collections, numbers and text as JSON. */
final class Json {
    private static final String ESCAPES = "\"\\";
    private static final char FIRST_PRINTABLE = ' ';

    private final StringBuilder text = new StringBuilder();

    private Json() {}

    /** The JSON of a value, in one line. */
    static String of(@Nullable Object value) {
        Json json = new Json();
        json.append(value);
        return json.text.toString();
    }

    private void append(@Nullable Object value) {
        switch (value) {
            case null -> text.append("null");
            case Map<?, ?> map -> appendMap(map);
            case Collection<?> values -> appendAll(values);
            case Share share -> text.append(share.fraction());
            case Number number -> text.append(number);
            case Boolean truth -> text.append(truth);
            default -> appendText(value.toString());
        }
    }

    private void appendMap(Map<?, ?> map) {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(separator);
            appendText(String.valueOf(entry.getKey()));
            text.append(':');
            append(entry.getValue());
            separator = ",";
        }
        text.append(map.isEmpty() ? "{}" : "}");
    }

    private void appendAll(Collection<?> values) {
        String separator = "[";
        for (Object value : values) {
            text.append(separator);
            append(value);
            separator = ",";
        }
        text.append(values.isEmpty() ? "[]" : "]");
    }

    private void appendText(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < FIRST_PRINTABLE) {
                text.append("\\u%04x".formatted((int) c));
            } else {
                text.append(ESCAPES.indexOf(c) < 0 ? "" : "\\").append(c);
            }
        }
        text.append('"');
    }
}
