package io.memring.server.wire;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A conversation and what it needs.
 *
 * @param name the file's path below {@code /wire}, without its ending
 * @param arguments the command line of the node
 * @param differs why memcached answers otherwise, or null when it agrees
 * @param onlyHere why the conversation says nothing about memcached, or null when it does
 * @param inTurns why every reply must be waited for, or null when pipelining changes nothing
 */
record Transcript(
        String name,
        List<String> arguments,
        @Nullable String differs,
        @Nullable String onlyHere,
        @Nullable String inTurns,
        List<Step> steps) {

    Transcript {
        arguments = List.copyOf(arguments);
        steps = List.copyOf(steps);
    }

    /** Whether it needs a node that was started for debugging. */
    boolean movesTheClock() {
        return arguments.contains("debug_commands");
    }

    /** Whether its node understands no text. */
    boolean speaksBinaryOnly() {
        return String.join(" ", arguments).contains("-B binary");
    }

    /** Whether the conversation can be held in this way. */
    boolean allows(Delivery wanted) {
        return wanted != Delivery.PIPELINED || canBePipelined();
    }

    /** One connection, every byte known before the first reply, nobody leaves half-way. */
    private boolean canBePipelined() {
        return inTurns == null
                && steps.stream().map(Step::connection).distinct().count() == 1
                && steps.stream().noneMatch(Transcript::needsTurns);
    }

    private static boolean needsTurns(Step step) {
        return switch (step) {
            case Step.Send send -> send.bytes().hasVariables();
            case Step.SendFrame send -> send.frame().hasVariables();
            case Step.ExpectFrame _, Step.SkipToFrame _ -> false;
            case Step.Expect _, Step.ExpectMatch _, Step.SkipTo _ -> false;
            case Step.Open _, Step.ExpectClose _, Step.ExpectStat _, Step.Leave _ -> true;
        };
    }
}
