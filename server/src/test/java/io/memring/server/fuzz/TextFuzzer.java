package io.memring.server.fuzz;

/**
 * Conversations in the classic text protocol, on up to three connections to one node: the replies
 * must not depend on how the bytes arrive, and must be whole.
 */
public final class TextFuzzer {
    private static final int BINARY = 0x80;

    private TextFuzzer() {}

    /** Plays one input. */
    public static void fuzzerTestOneInput(byte[] input) {
        for (Playback.Outcome outcome : Playback.playBothWays(FuzzScript.parse(input))) {
            String replies = outcome.replies();
            if (!replies.isEmpty() && replies.charAt(0) < BINARY) {
                TextReplyStream.check(replies);
            }
        }
    }
}
