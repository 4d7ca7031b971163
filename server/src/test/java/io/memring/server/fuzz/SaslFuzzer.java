package io.memring.server.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.sasl.Credentials;
import io.memring.sasl.FailureLimiter;
import io.memring.sasl.Mechanism;
import io.memring.sasl.PasswordFileStyle;
import io.memring.sasl.SaslServer;
import io.memring.sasl.SaslServers;
import io.memring.sasl.SaslStep;
import io.memring.server.dispatch.InlineLogins;
import io.memring.server.fuzz.FrameLog.Reply;
import io.memring.server.fuzz.FrameLog.Request;
import io.memring.server.fuzz.FuzzScript.Compose;
import io.memring.server.fuzz.FuzzScript.Cut;
import io.memring.server.fuzz.FuzzScript.EndInput;
import io.memring.server.fuzz.FuzzScript.Hold;
import io.memring.server.fuzz.FuzzScript.Send;
import io.memring.server.fuzz.FuzzScript.Step;
import io.memring.server.fuzz.FuzzScript.Switch;
import io.memring.server.fuzz.FuzzScript.Tick;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Logins, in all mechanisms and in text: whoever gets in has shown what is needed, and nobody is
 * served before. Messages that need a password are composed by a client that knows it; the fuzzer
 * chooses which, and sends what it likes between them.
 */
public final class SaslFuzzer {
    static final String USER = "foo";
    static final String PASSWORD = "bar";

    private static final int SUCCESS = 0;
    private static final int AUTH_FAILURE = 0x20;
    private static final int VERSION = 0x0b;
    private static final int LIST = 0x20;
    private static final int AUTH = 0x21;
    private static final int STEP = 0x22;

    /** Refusals that do not tell a stranger anything. */
    private static final Set<Integer> INVALID = Set.of(0x04, 0x81, AUTH_FAILURE);

    /** To a message that is larger than any that is wanted. */
    private static final int NO_MEMORY = 0x82;

    /** Messages over these limits are dropped unread, and change nothing. */
    private static final int MAX_MECHANISM = 32;

    private static final int MAX_MESSAGE = 16 << 10;

    private static final Credentials USERS = users();

    private final SaslServers servers =
            new SaslServers(USERS, EnumSet.allOf(Mechanism.class), new CountingRandom());
    private final InlineNode node;
    private final LoginClient[] clients = new LoginClient[FuzzScript.CONNECTIONS];
    private int current;

    private SaslFuzzer(InlineLogins logins) {
        node = new InlineNode(logins.of(USERS, servers, new FailureLimiter(0, () -> 0)));
        for (int i = 0; i < clients.length; i++) {
            clients[i] = new LoginClient(node.connect());
        }
    }

    private static Credentials users() {
        try {
            Path file = Files.createTempFile("memring-fuzz", ".users");
            file.toFile().deleteOnExit();
            Files.writeString(file, USER + ":" + PASSWORD + "\nother:secret\n");
            return Credentials.open(file, PasswordFileStyle.AUTH_FILE, new CountingRandom());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Plays one input. */
    public static void fuzzerTestOneInput(byte[] input) {
        FuzzScript script = FuzzScript.parse(input);
        try (InlineLogins logins = new InlineLogins()) {
            SaslFuzzer run = new SaslFuzzer(logins);
            try (InlineNode node = run.node) {
                script.steps().forEach(run::play);
                node.finish();
            }
            for (LoginClient client : run.clients) {
                run.check(client);
            }
        }
    }

    private void play(Step step) {
        switch (step) {
            case Send send -> clients[current].send(send.bytes());
            case Compose(char kind) when kind == 'E' -> external(clients[current].lastSent());
            case Compose(char kind) -> clients[current].compose(kind);
            case Switch(int connection) -> current = connection;
            case EndInput() -> clients[current].endInput();
            case Tick() -> node.tick();
            case Hold(), Cut() -> {}
        }
    }

    /** No certificate can be shown here, so the mechanism that needs one is asked directly. */
    private void external(byte[] message) {
        SaslServer server = Objects.requireNonNull(servers.begin("EXTERNAL", USER));
        SaslStep step = server.respond(message);
        boolean own = message.length == 0 || new String(message, UTF_8).equals(USER);
        InlineNode.require(step instanceof SaslStep.Success == own, "EXTERNAL of another");
    }

    private void check(LoginClient client) {
        byte[] replies = client.replies();
        if (replies.length == 0) {
            return;
        }
        if (replies[0] == (byte) 0x81) {
            checkFrames(client, FrameLog.replies(replies));
        } else {
            checkText(client, new String(replies, ISO_8859_1));
        }
    }

    private static void checkText(LoginClient client, String replies) {
        TextReplyStream.check(replies);
        boolean refused = replies.lines().allMatch(l -> l.matches("(CLIENT_|SERVER_)?ERROR.*"));
        String sent = new String(client.sent(), ISO_8859_1);
        boolean ascii = sent.chars().allMatch(c -> c < 0x80);
        InlineNode.require(
                refused || !ascii || sent.contains(USER + " " + PASSWORD + "\r\n"),
                "a stranger is served");
    }

    private static void checkFrames(LoginClient client, List<Reply> replies) {
        List<Request> requests = client.requests();
        boolean known = false;
        int last = -1;
        for (Reply reply : replies) {
            if (reply.opaque() >= requests.size()) {
                // Refused by its header, before all of it was there.
                boolean refused = INVALID.contains(reply.status()) || reply.status() == NO_MEMORY;
                InlineNode.require(refused, "half a request is served");
                continue;
            }
            Request request = requests.get(reply.opaque());
            InlineNode.require(reply.opaque() >= last, "replies in another order");
            last = reply.opaque();
            boolean dropped =
                    request.key().length() > MAX_MECHANISM
                            || request.value().length() > MAX_MESSAGE;
            switch (request.opcode()) {
                case LIST -> known &= reply.status() != SUCCESS;
                case AUTH, STEP -> {
                    boolean success = reply.status() == SUCCESS;
                    InlineNode.require(
                            !success || client.hasShown(reply.opaque()),
                            "a stranger gets in with request " + reply.opaque());
                    known = success || (known && dropped);
                }
                case VERSION -> {}
                default ->
                        InlineNode.require(
                                known || INVALID.contains(reply.status()), "a stranger is served");
            }
        }
    }
}
