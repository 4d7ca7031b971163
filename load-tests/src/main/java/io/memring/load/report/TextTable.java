package io.memring.load.report;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns as wide as they need to be, the first flush left, the others right. */
final class TextTable {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    TextTable row(String... cells) {
        return row(List.of(cells));
    }

    TextTable row(List<String> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    /** One line for each row. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                appendCell(line, row.get(column), column);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private void appendCell(StringBuilder line, String cell, int column) {
        String padding = " ".repeat(width(column) - cell.length());
        if (column == 0) {
            line.append(cell).append(padding);
        } else {
            line.append(GAP).append(padding).append(cell);
        }
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> column < row.size())
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }
}
