package io.memring.load.report;

import static io.memring.load.report.Markup.px;

import java.util.List;

/**
 * The ratios of a comparison as a picture: each round a dot, the quartiles a bar, the median a
 * stroke, on a logarithmic axis with equality in its middle.
 */
final class RatioChart {

    private static final double WIDTH = 960;
    private static final double LEFT = 170;
    private static final double RIGHT = WIDTH - 90;
    private static final double ROW = 40;
    private static final double TOP = 12;

    /** The axis reaches at least from its inverse to this. */
    private static final double LEAST_REACH = 1.25;

    private static final List<Double> TICKS =
            List.of(0.1, 0.2, 0.33, 0.5, 0.67, 0.8, 0.9, 1.0, 1.11, 1.25, 1.5, 2.0, 3.0, 5.0, 10.0);

    private final List<Comparison.Line> lines;
    private final double reach;

    private RatioChart(List<Comparison.Line> lines) {
        this.lines = lines;
        this.reach =
                lines.stream()
                        .flatMap(line -> line.ratios().stream())
                        .mapToDouble(ratio -> Math.max(ratio, 1 / ratio) * 1.03)
                        .reduce(LEAST_REACH, Math::max);
    }

    static void write(Markup page, Comparison comparison) {
        new RatioChart(comparison.lines()).write(page, comparison.first().name());
    }

    private void write(Markup page, String first) {
        double bottom = TOP + lines.size() * ROW;
        page.open("figure", "class", "chart").open("figcaption").element("h3", "Ratio by round");
        page.element("span", first + " is less on the left, more on the right; logarithmic");
        page.close("figcaption");
        page.open("svg", "viewBox", "0 0 " + px(WIDTH) + ' ' + px(bottom + 30), "role", "img");
        for (double tick : TICKS) {
            if (Math.abs(Math.log(tick)) <= Math.log(reach)) {
                page.open(
                                "path",
                                "class",
                                tick == 1 ? "axis" : "rule",
                                "d",
                                "M" + px(across(tick)) + ' ' + px(TOP) + "V" + px(bottom))
                        .close("path");
                page.element(
                        "text",
                        Figures.withoutZeros(Double.toString(tick)),
                        "class",
                        "x",
                        "x",
                        px(across(tick)),
                        "y",
                        px(bottom + 20));
            }
        }
        for (int row = 0; row < lines.size(); row++) {
            writeRow(page, lines.get(row), TOP + (row + 0.5) * ROW);
        }
        page.close("svg").close("figure");
    }

    private void writeRow(Markup page, Comparison.Line line, double y) {
        Quantiles spread = line.spread();
        double from = across(spread.quarter());
        double to = across(spread.threeQuarters());
        label(page, "y", LEFT - 16, y, line.measure().label());
        page.open(
                        "rect",
                        "class",
                        "quartiles",
                        "x",
                        px(from),
                        "y",
                        px(y - 9),
                        "width",
                        px(Math.max(to - from, 1)),
                        "height",
                        "18")
                .close("rect");
        for (double ratio : line.ratios()) {
            page.open("circle", "class", "round", "cx", px(across(ratio)), "cy", px(y), "r", "3.5")
                    .close("circle");
        }
        page.open(
                        "path",
                        "class",
                        "median",
                        "d",
                        "M" + px(across(spread.median())) + ' ' + px(y - 13) + "v26")
                .close("path");
        label(page, "value", RIGHT + 14, y, Figures.ratio(spread.median()));
    }

    private static void label(Markup page, String style, double x, double y, String text) {
        page.element("text", text, "class", style, "x", px(x), "y", px(y + 4));
    }

    private double across(double ratio) {
        double share = 0.5 + Math.log(ratio) / Math.log(reach) / 2;
        return LEFT + share * (RIGHT - LEFT);
    }
}
