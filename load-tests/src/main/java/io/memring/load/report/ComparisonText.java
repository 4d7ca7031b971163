package io.memring.load.report;

/** A comparison as a table of text. */
final class ComparisonText {

    private ComparisonText() {}

    /** The table and what it means, with a line feed at its end. */
    static String of(Comparison comparison) {
        String first = comparison.first().name();
        String second = comparison.second().name();
        TextTable table =
                new TextTable().row("", first, second, "ratio", "pairwise", "quartiles", "range");
        for (Comparison.Line line : comparison.lines()) {
            Quantiles spread = line.spread();
            table.row(
                    line.measure().label(),
                    line.measure().text(line.first()),
                    line.measure().text(line.second()),
                    Figures.ratio(line.ratio()),
                    Figures.ratio(spread.median()),
                    range(spread.quarter(), spread.threeQuarters()),
                    range(spread.low(), spread.high()));
        }
        return table + "\n" + legend(comparison) + '\n';
    }

    /** How the figures are to be read. */
    static String legend(Comparison comparison) {
        return SetupText.plural(comparison.rounds(), "round")
                + "; figures are the best of them (least CPU, highest rate, median latency); "
                + "ratios are "
                + comparison.first().name()
                + " to "
                + comparison.second().name()
                + ", pairwise: the median of each round's ratio";
    }

    /** From one ratio to another. */
    static String range(double low, double high) {
        return Figures.ratio(low) + " – " + Figures.ratio(high);
    }
}
