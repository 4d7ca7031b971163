package io.memring.load.report;

import io.memring.load.result.Interval;
import io.memring.load.result.LoadObserver;
import io.memring.load.result.Phase;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;

/**
 * Shows how runs go on: on a terminal in one line for each phase, which every interval writes anew;
 * elsewhere in one line for each interval. A printer follows one run after the other.
 */
final class ProgressPrinter implements LoadObserver, AutoCloseable {

    /** Goes back, erases the line and keeps what is too long for it from beginning another. */
    private static final String REWRITE = "\r\u001b[K\u001b[?7l";

    private static final String WRAP_AGAIN = "\u001b[?7h";

    private final PrintWriter out;
    private final boolean live;
    private String title = "";
    private @Nullable Progress progress;
    private boolean lineOpen;

    /**
     * @param live true if {@code out} is a terminal
     */
    ProgressPrinter(PrintWriter out, boolean live) {
        this.out = out;
        this.live = live;
    }

    /** Another run begins, of which this is said in front of every line. */
    void begin(String newTitle) {
        close();
        title = newTitle;
        progress = null;
    }

    @Override
    public void onPhase(Phase phase) {
        close();
    }

    @Override
    public void onInterval(Interval interval) {
        Progress next = progress == null ? Progress.first(interval) : progress.next(interval);
        progress = next;
        if (live) {
            out.print(REWRITE + title + next.line() + WRAP_AGAIN);
            lineOpen = true;
        } else {
            out.println(title + next.line());
        }
        out.flush();
    }

    /** Ends the line that stands on a terminal, so that whatever follows has its own. */
    @Override
    public void close() {
        if (lineOpen) {
            out.println();
            out.flush();
            lineOpen = false;
        }
    }
}
