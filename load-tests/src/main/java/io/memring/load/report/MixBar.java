package io.memring.load.report;

import static io.memring.load.report.Markup.px;

import io.memring.load.result.Totals;

/** What requests were sent, as a bar of coloured shares with its legend. */
final class MixBar {

    private static final double WIDTH = 960;
    private static final double HEIGHT = 18;

    private MixBar() {}

    static void write(Markup page, Totals totals) {
        long all = totals.all().counts().requests();
        page.open(
                "svg",
                "class",
                "mix",
                "viewBox",
                "0 0 " + px(WIDTH) + ' ' + px(HEIGHT),
                "preserveAspectRatio",
                "none",
                "role",
                "img",
                "aria-label",
                "Shares of commands");
        double[] at = {0};
        int[] colour = {1};
        totals.commands()
                .forEach(
                        (_, figures) -> {
                            double width = WIDTH * figures.counts().requests() / all;
                            page.open(
                                            "rect",
                                            "class",
                                            "c" + colour[0]++,
                                            "x",
                                            px(at[0]),
                                            "y",
                                            "0",
                                            "width",
                                            px(width),
                                            "height",
                                            px(HEIGHT))
                                    .close("rect");
                            at[0] += width;
                        });
        page.close("svg").open("ul", "class", "legend");
        colour[0] = 1;
        totals.commands()
                .forEach(
                        (kind, figures) -> {
                            page.open("li").open("svg", "viewBox", "0 0 10 10");
                            page.open(
                                            "rect",
                                            "class",
                                            "c" + colour[0]++,
                                            "width",
                                            "10",
                                            "height",
                                            "10")
                                    .close("rect");
                            double share = figures.counts().requests() / (double) all;
                            page.close("svg").text(kind.label() + "  " + Figures.percent(share));
                            page.close("li");
                        });
        page.close("ul");
    }
}
