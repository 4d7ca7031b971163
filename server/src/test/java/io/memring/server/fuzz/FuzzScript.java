package io.memring.server.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What a fuzzer's input stands for: bytes to send, and between them, behind the escape byte 0xff,
 * what else happens.
 *
 * <pre>
 *  ff ff      the byte 0xff itself
 *  ff c       the bytes so far arrive, and those that follow arrive later
 *  ff h       the same, and all stripes are held until something of the next lines happens
 *  ff t       a second goes by
 *  ff 0..2    another connection
 *  ff A..Z    a message that the target composes
 *  ff e       the client sends no more on this connection
 * </pre>
 */
record FuzzScript(List<Step> steps) {
    static final int CONNECTIONS = 3;

    private static final byte ESCAPE = (byte) 0xff;

    /** What happens next. */
    sealed interface Step {}

    /**
     * Bytes to send.
     *
     * @param text each char a byte
     */
    record Send(String text) implements Step {
        byte[] bytes() {
            return text.getBytes(ISO_8859_1);
        }
    }

    record Cut() implements Step {}

    record Hold() implements Step {}

    record Tick() implements Step {}

    record EndInput() implements Step {}

    record Switch(int connection) implements Step {}

    record Compose(char kind) implements Step {}

    /** Every input is a script. */
    static FuzzScript parse(byte[] input) {
        List<Step> steps = new ArrayList<>();
        ByteArrayOutputStream pending = new ByteArrayOutputStream();
        for (int i = 0; i < input.length; i++) {
            if (input[i] != ESCAPE || i + 1 == input.length) {
                pending.write(input[i]);
                continue;
            }
            byte code = input[++i];
            if (code == ESCAPE) {
                pending.write(ESCAPE);
            } else {
                addSend(steps, pending);
                steps.add(step((char) (code & 0xff)));
            }
        }
        addSend(steps, pending);
        return new FuzzScript(List.copyOf(steps));
    }

    private static void addSend(List<Step> steps, ByteArrayOutputStream pending) {
        if (pending.size() > 0) {
            steps.add(new Send(pending.toString(ISO_8859_1)));
            pending.reset();
        }
    }

    private static Step step(char code) {
        return switch (code) {
            case 'h' -> new Hold();
            case 't' -> new Tick();
            case 'e' -> new EndInput();
            case '0', '1', '2' -> new Switch(code - '0');
            default -> code >= 'A' && code <= 'Z' ? new Compose(code) : new Cut();
        };
    }

    /** The same bytes with nothing that should make a difference: no cuts, and no held stripes. */
    FuzzScript whole() {
        List<Step> joined = new ArrayList<>();
        for (Step step : steps) {
            boolean plain = step instanceof Cut || step instanceof Hold;
            if (step instanceof Send next
                    && !joined.isEmpty()
                    && joined.getLast() instanceof Send last) {
                joined.set(joined.size() - 1, new Send(last.text() + next.text()));
            } else if (!plain) {
                joined.add(step);
            }
        }
        return new FuzzScript(List.copyOf(joined));
    }
}
