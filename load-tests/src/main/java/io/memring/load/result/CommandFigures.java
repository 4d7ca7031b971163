package io.memring.load.result;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** How requests ended, and how long they took. */
public record CommandFigures(Counts counts, Latencies latencies) {

    /** All of them together. */
    public static CommandFigures sum(Collection<CommandFigures> parts) {
        Counts counts = Counts.NONE;
        List<Latencies> latencies = new ArrayList<>(parts.size());
        for (CommandFigures part : parts) {
            counts = counts.plus(part.counts);
            latencies.add(part.latencies);
        }
        return new CommandFigures(counts, Latencies.sum(latencies));
    }
}
