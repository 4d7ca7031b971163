package io.memring.load.report;

import java.util.List;
import java.util.Locale;

/** Writes HTML and SVG. Text and attributes are escaped; only {@link #raw} is not. */
final class Markup {

    private final StringBuilder out = new StringBuilder();

    /** Begins an element; attributes are names and values in turns. */
    Markup open(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            out.append(escape(attributes[i + 1])).append('"');
        }
        out.append('>');
        return this;
    }

    /** Ends an element. */
    Markup close(String tag) {
        out.append("</").append(tag).append('>');
        return this;
    }

    Markup text(String text) {
        out.append(escape(text));
        return this;
    }

    /** A whole element with text inside. */
    Markup element(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close(tag);
    }

    /** What is markup already. */
    Markup raw(String markup) {
        out.append(markup);
        return this;
    }

    /** A table whose first column names its rows. */
    Markup table(List<String> head, List<List<String>> rows) {
        open("div", "class", "scroll").open("table").open("thead").open("tr");
        head.forEach(cell -> element("th", cell, "scope", "col"));
        close("tr").close("thead").open("tbody");
        for (List<String> row : rows) {
            open("tr").element("th", row.getFirst(), "scope", "row");
            row.stream().skip(1).forEach(cell -> element("td", cell));
            close("tr");
        }
        return close("tbody").close("table").close("div");
    }

    /** A coordinate. */
    static String px(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
