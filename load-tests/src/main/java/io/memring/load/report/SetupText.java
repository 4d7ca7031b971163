package io.memring.load.report;

import io.memring.load.result.RunSetup;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run was asked to do, in words. */
final class SetupText {

    private SetupText() {}

    /** The load in one line. */
    static String summary(RunSetup setup) {
        return setup.protocol()
                + ", "
                + plural(setup.connections(), "connection")
                + (setup.nodes().size() > 1 ? " to each node, " : ", ")
                + setup.pipeline()
                + " in flight on each, "
                + plural(setup.threads(), "thread")
                + ", "
                + loop(setup);
    }

    /** All of it, by name. */
    static Map<String, String> all(RunSetup setup) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("load", setup.label());
        all.put("started", setup.startedAt().toString());
        all.put("nodes", String.join(", ", setup.nodes()));
        all.put("protocol", setup.protocol());
        all.put("connections", Figures.count(setup.connections()));
        all.put("pipeline", Figures.count(setup.pipeline()));
        all.put("threads", Figures.count(setup.threads()));
        all.put("loop", loop(setup));
        all.put("warm-up", seconds(setup.warmUp()));
        all.put(
                "bound",
                setup.requestLimit() > 0
                        ? Figures.count(setup.requestLimit()) + " requests"
                        : seconds(setup.duration()));
        all.put("seed", Long.toString(setup.seed()));
        all.putAll(setup.settings());
        return all;
    }

    private static String loop(RunSetup setup) {
        return setup.isOpenLoop()
                ? "open loop at " + Figures.rate(setup.ratePerSecond())
                : "closed loop";
    }

    private static String seconds(Duration duration) {
        return duration.isZero()
                ? "none"
                : Figures.withoutZeros(duration.toMillis() / 1000.0 + " s");
    }

    /** A number and what is counted. */
    static String plural(long count, String noun) {
        return Figures.count(count) + ' ' + noun + (count == 1 ? "" : "s");
    }
}
