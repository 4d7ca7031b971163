/**
 * What a user sees of load runs: progress while they last, tables, files and a page for browsers
 * when they are over, and comparisons. Everything is a pure function of {@link
 * io.memring.load.result}, except {@code ReportOptions}, which knows the command line, and {@code
 * ProgressPrinter}.
 *
 * <pre>
 *  ReportOptions ─► Turns ─► LoadRunner …            runs, one or two sides in turns
 *        │            └────► ProgressPrinter         one line per interval
 *        └─► Side …  (a name, and its rounds: LoadResult …)
 *              ├─► ResultText, ComparisonText        tables
 *              ├─► ResultFile, IntervalCsv, HdrLog   JSON, to be read back; CSV; HdrHistogram logs
 *              └─► ReportPage ─► … Chart, Markup     one HTML page with its pictures inside
 * </pre>
 *
 * All of it runs on the caller's thread.
 */
@NullMarked
package io.memring.load.report;

import org.jspecify.annotations.NullMarked;
