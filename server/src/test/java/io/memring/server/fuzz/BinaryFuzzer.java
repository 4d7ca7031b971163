package io.memring.server.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.memring.server.fuzz.FrameLog.Reply;
import io.memring.server.fuzz.FrameLog.Request;
import io.memring.server.fuzz.FuzzScript.Send;
import io.memring.server.fuzz.FuzzScript.Step;
import io.memring.server.fuzz.FuzzScript.Switch;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Conversations in the binary protocol: what holds for the text protocol, and each request has the
 * replies it should have, in the requests' order.
 */
public final class BinaryFuzzer {
    private static final int STAT = 0x10;

    private static final Set<Integer> QUIET =
            Set.of(
                    0x09, 0x0d, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1e,
                    0x24);

    private BinaryFuzzer() {}

    /** Plays one input. */
    public static void fuzzerTestOneInput(byte[] input) {
        FrameLog[] logs = new FrameLog[FuzzScript.CONNECTIONS];
        FuzzScript script = numbered(FuzzScript.parse(input), logs);
        List<Playback.Outcome> outcomes = Playback.playBothWays(script);
        for (int i = 0; i < logs.length; i++) {
            check(logs[i].requests(), outcomes.get(i));
        }
    }

    private static FuzzScript numbered(FuzzScript script, FrameLog[] logs) {
        for (int i = 0; i < logs.length; i++) {
            logs[i] = new FrameLog();
        }
        int current = 0;
        List<Step> steps = new ArrayList<>();
        for (Step step : script.steps()) {
            if (step instanceof Switch(int connection)) {
                current = connection;
            }
            if (step instanceof Send send) {
                byte[] numbered = send.bytes();
                logs[current].number(numbered);
                steps.add(new Send(new String(numbered, ISO_8859_1)));
            } else {
                steps.add(step);
            }
        }
        return new FuzzScript(steps);
    }

    /** A connection that was closed may have left its last requests without a reply. */
    private static void check(List<Request> requests, Playback.Outcome outcome) {
        String text = outcome.replies();
        if (!text.isEmpty() && text.charAt(0) != 0x81) {
            TextReplyStream.check(text);
            return;
        }
        List<Reply> replies = FrameLog.replies(text.getBytes(ISO_8859_1));
        int next = 0;
        for (int i = 0; i < requests.size(); i++) {
            int opcode = requests.get(i).opcode();
            int count = 0;
            while (next < replies.size() && replies.get(next).opaque() == i) {
                InlineNode.require(replies.get(next).opcode() == opcode, "another's reply");
                next++;
                count++;
            }
            if (outcome.open() && !QUIET.contains(opcode)) {
                InlineNode.require(count > 0, "no reply to request " + i);
            }
            InlineNode.require(count <= 1 || opcode == STAT, "too many replies to request " + i);
        }
        // A request may be refused by its header, before all of it is there.
        InlineNode.require(next >= replies.size() - 1, "replies in another order");
    }
}
