package io.memring.server.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.sasl.AuthenticationException;
import io.memring.sasl.SaslClient;
import io.memring.server.fuzz.FrameLog.Reply;
import io.memring.server.fuzz.FrameLog.Request;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A client on one connection that can log in, and remembers what it has shown of itself. */
final class LoginClient {
    private static final int GET = 0x00;
    private static final int SET = 0x01;
    private static final int VERSION = 0x0b;
    private static final int LIST = 0x20;
    private static final int AUTH = 0x21;
    private static final int STEP = 0x22;

    private final InlineNode.Client connection;
    private final FrameLog log = new FrameLog();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private byte[] lastSent = new byte[0];

    private @Nullable SaslClient exchange;
    private boolean cramMd5;

    /** Requests up to here, and no later login, have been answered with the right proof. */
    private final Set<Integer> proofs = new HashSet<>();

    LoginClient(InlineNode.Client connection) {
        this.connection = connection;
    }

    void send(byte[] bytes) {
        byte[] numbered = bytes.clone();
        log.number(numbered);
        sent.writeBytes(numbered);
        lastSent = bytes;
        connection.send(numbered);
    }

    void endInput() {
        connection.endInput();
    }

    /** Sends a message that takes some knowledge. */
    void compose(char kind) {
        switch (kind) {
            case 'L' -> send(frame(LIST, "", "", ""));
            case 'P' -> send(frame(AUTH, "", "PLAIN", "\0foo\0bar"));
            case 'Q' -> send(frame(AUTH, "", "PLAIN", "\0foo\0baz"));
            case 'S' -> begin(SaslClient.scramSha256(user(), password(), new CountingRandom()));
            case 'T' -> begin(SaslClient.scramSha512(user(), password(), new CountingRandom()));
            case 'D' -> beginCramMd5();
            case 'N' -> goOn(false);
            case 'X' -> goOn(true);
            case 'G' -> send(frame(GET, "", "k", ""));
            case 'W' -> send(frame(SET, "\0\0\0\0\0\0\0\0", "k", "v"));
            case 'Y' -> send("set a 0 0 7\r\nfoo bar\r\n".getBytes(US_ASCII));
            default -> send(frame(VERSION, "", "", ""));
        }
    }

    private static String user() {
        return SaslFuzzer.USER;
    }

    private static String password() {
        return SaslFuzzer.PASSWORD;
    }

    private void begin(SaslClient client) {
        exchange = client;
        cramMd5 = false;
        String message = new String(client.firstMessage(), ISO_8859_1);
        send(frame(AUTH, "", client.mechanism().wireName(), message));
    }

    private void beginCramMd5() {
        exchange = null;
        cramMd5 = true;
        send(frame(AUTH, "", "CRAM-MD5", ""));
    }

    /** Answers the last challenge, rightly or not quite. */
    private void goOn(boolean spoiled) {
        byte[] answer = answer(lastChallenge());
        if (spoiled && answer.length > 0) {
            answer[answer.length / 2] ^= 1;
        } else if (answer.length > 0) {
            proofs.add(log.requests().size());
        }
        send(frame(STEP, "", "PLAIN", new String(answer, ISO_8859_1)));
    }

    private byte[] answer(byte[] challenge) {
        SaslClient client = exchange;
        if (cramMd5) {
            return (user() + " " + hmacMd5(challenge)).getBytes(US_ASCII);
        }
        try {
            return client == null ? new byte[0] : client.respond(challenge);
        } catch (AuthenticationException | IllegalStateException _) {
            exchange = null; // The server's words were not meant for this client.
            return new byte[0];
        }
    }

    private static String hmacMd5(byte[] challenge) {
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(password().getBytes(UTF_8), "HmacMD5"));
            return HexFormat.of().formatHex(mac.doFinal(challenge));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] lastChallenge() {
        byte[] bytes = connection.replies();
        String challenge = "";
        if (bytes.length > 0 && bytes[0] == (byte) 0x81) {
            for (Reply reply : FrameLog.replies(bytes)) {
                challenge = reply.status() == 0x21 ? reply.value() : challenge;
            }
        }
        return challenge.getBytes(ISO_8859_1);
    }

    private static byte[] frame(int opcode, String extras, String key, String value) {
        byte[] body = (extras + key + value).getBytes(ISO_8859_1);
        return ByteBuffer.allocate(24 + body.length)
                .put((byte) 0x80)
                .put((byte) opcode)
                .putShort((short) key.length())
                .put((byte) extras.length())
                .put(new byte[3])
                .putInt(body.length)
                .put(new byte[12])
                .put(body)
                .array();
    }

    /** Whether enough had been shown when a request of a login was made. */
    boolean hasShown(int index) {
        List<Request> requests = log.requests();
        Request request = requests.get(index);
        if (request.opcode() == AUTH) {
            return request.key().equalsIgnoreCase("PLAIN") && isRightPlain(request.value());
        }
        for (int i = index; i >= 0; i--) {
            if (proofs.contains(i)) {
                return true;
            }
            if (requests.get(i).opcode() == AUTH) {
                return false;
            }
        }
        return false;
    }

    /** Beyond ASCII there are many ways to write the same. */
    private static boolean isRightPlain(String message) {
        boolean ascii = message.chars().allMatch(c -> c < 0x80);
        return !ascii
                || message.equals("\0foo\0bar")
                || message.equals("foo\0foo\0bar")
                || message.equals("\0other\0secret")
                || message.equals("other\0other\0secret");
    }

    byte[] lastSent() {
        return lastSent;
    }

    byte[] sent() {
        return sent.toByteArray();
    }

    byte[] replies() {
        return connection.replies();
    }

    List<Request> requests() {
        return log.requests();
    }
}
