package io.memring.load.report;

import static io.memring.load.report.Markup.px;

import java.util.ArrayList;
import java.util.List;

/** A picture of lines over two axes, with a legend, as HTML with SVG inside. */
final class Chart {

    /** A point in the units of the axes; one that is not a number interrupts its line. */
    record Point(double x, double y) {}

    /**
     * A line.
     *
     * @param colour its number in the style sheet's palette, from 1
     */
    record Line(String name, int colour, boolean dashed, List<Point> points) {

        Line {
            points = List.copyOf(points);
        }

        private String style() {
            return "c" + colour + (dashed ? " dashed" : "");
        }
    }

    /** A stretch of the x axis that is not part of what counts. */
    record Band(double from, double to, String label) {}

    /** What is said about a place on the x axis when it is pointed at; lines end with a feed. */
    record Tip(double x, String text) {}

    private static final double WIDTH = 960;
    private static final double HEIGHT = 300;
    private static final double LEFT = 76;
    private static final double RIGHT = WIDTH - 36;
    private static final double TOP = 14;
    private static final double BOTTOM = HEIGHT - 46;

    private final String title;
    private final Axis x;
    private final Axis y;
    private final List<Line> lines = new ArrayList<>();
    private final List<Band> bands = new ArrayList<>();
    private final List<Tip> tips = new ArrayList<>();

    Chart(String title, Axis x, Axis y) {
        this.title = title;
        this.x = x;
        this.y = y;
    }

    Chart add(List<Line> more) {
        lines.addAll(more);
        return this;
    }

    Chart shade(List<Band> more) {
        bands.addAll(more);
        return this;
    }

    Chart tell(List<Tip> more) {
        tips.addAll(more);
        return this;
    }

    /** Writes it. */
    void writeTo(Markup page) {
        page.open("figure", "class", "chart");
        page.open("figcaption").element("h3", title).element("span", y.title()).close("figcaption");
        if (lines.size() > 1) {
            writeLegend(page);
        }
        page.open(
                "svg",
                "viewBox",
                "0 0 " + px(WIDTH) + ' ' + px(HEIGHT),
                "role",
                "img",
                "aria-label",
                title + ": " + y.title() + ", " + x.title());
        bands.forEach(band -> writeBand(page, band));
        writeGrid(page);
        lines.forEach(line -> writeLine(page, line));
        writeTips(page);
        page.close("svg").close("figure");
    }

    private void writeLegend(Markup page) {
        page.open("ul", "class", "legend");
        for (Line line : lines) {
            page.open("li").open("svg", "viewBox", "0 0 26 10", "aria-hidden", "true");
            page.open("path", "class", "line " + line.style(), "d", "M2 5H24").close("path");
            page.close("svg").text(line.name()).close("li");
        }
        page.close("ul");
    }

    private void writeBand(Markup page, Band band) {
        double from = across(band.from());
        double width = across(band.to()) - from;
        page.open(
                        "rect",
                        "class",
                        "band",
                        "x",
                        px(from),
                        "y",
                        px(TOP),
                        "width",
                        px(width),
                        "height",
                        px(BOTTOM - TOP))
                .close("rect");
        if (width > band.label().length() * 7) {
            page.element(
                    "text",
                    band.label(),
                    "class",
                    "band-label",
                    "x",
                    px(from + width / 2),
                    "y",
                    px(TOP + 16));
        }
    }

    private void writeGrid(Markup page) {
        for (Axis.Tick tick : y.ticks()) {
            double at = up(tick.value());
            rule(page, "M" + px(LEFT) + ' ' + px(at) + "H" + px(RIGHT));
            label(page, "y", LEFT - 10, at + 4, tick.label());
        }
        for (Axis.Tick tick : x.ticks()) {
            double at = across(tick.value());
            rule(page, "M" + px(at) + ' ' + px(BOTTOM) + "v5");
            label(page, "x", at, BOTTOM + 20, tick.label());
        }
        page.open("path", "class", "axis", "d", "M" + px(LEFT) + ' ' + px(BOTTOM) + "H" + px(RIGHT))
                .close("path");
        label(page, "x title", (LEFT + RIGHT) / 2, HEIGHT - 6, x.title());
    }

    private static void rule(Markup page, String path) {
        page.open("path", "class", "rule", "d", path).close("path");
    }

    private static void label(Markup page, String style, double x, double y, String text) {
        page.element("text", text, "class", style, "x", px(x), "y", px(y));
    }

    private void writeLine(Markup page, Line line) {
        StringBuilder path = new StringBuilder();
        boolean drawing = false;
        for (Point point : line.points()) {
            boolean visible = Double.isFinite(point.x()) && Double.isFinite(point.y());
            if (visible) {
                String at = px(across(point.x())) + ' ' + px(up(point.y()));
                // A point alone is a line of no length, whose round ends make it a dot.
                path.append(drawing ? "L" + at : "M" + at + "L" + at);
            }
            drawing = visible;
        }
        page.open("path", "class", "line " + line.style(), "d", path.toString()).close("path");
    }

    /** A column for each place, from halfway to the one before to halfway to the next. */
    private void writeTips(Markup page) {
        for (int i = 0; i < tips.size(); i++) {
            double here = across(tips.get(i).x());
            double from = i == 0 ? LEFT : (across(tips.get(i - 1).x()) + here) / 2;
            double to = i == tips.size() - 1 ? RIGHT : (here + across(tips.get(i + 1).x())) / 2;
            page.open("g", "class", "tip", "data-tip", tips.get(i).text());
            page.open(
                            "rect",
                            "x",
                            px(from),
                            "y",
                            px(TOP),
                            "width",
                            px(to - from),
                            "height",
                            px(BOTTOM - TOP))
                    .close("rect");
            page.open("path", "d", "M" + px(here) + ' ' + px(TOP) + "V" + px(BOTTOM)).close("path");
            page.close("g");
        }
    }

    private double across(double value) {
        return LEFT + x.share(value) * (RIGHT - LEFT);
    }

    private double up(double value) {
        return BOTTOM - y.share(value) * (BOTTOM - TOP);
    }
}
