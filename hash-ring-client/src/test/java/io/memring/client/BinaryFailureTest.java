package io.memring.client;

import static io.memring.client.ScriptedBinaryNode.GET;
import static io.memring.client.ScriptedBinaryNode.SASL_LIST;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memring.client.ScriptedBinaryNode.Frame;
import io.memring.client.error.AuthenticationException;
import io.memring.client.error.InvalidRequestException;
import io.memring.client.error.ProtocolException;
import io.memring.sasl.Mechanism;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;

/** What users see of nodes that speak the binary protocol wrongly, or lie about who they are. */
@Timeout(60)
final class BinaryFailureTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Ttl MINUTE = Ttl.of(Duration.ofMinutes(1));

    private static HashRingBuilder client(ScriptedBinaryNode node) {
        return HashRing.builder()
                .nodes(node.address())
                .operationTimeout(LONG)
                .protocol(Protocol.BINARY);
    }

    @Test
    void get_replyToAnotherRequest_isNotBelieved() {
        ScriptedBinaryNode.Script script =
                request ->
                        request.opcode() == GET
                                ? new Frame(GET, 0, request.opaque() + 1, "another's")
                                : request.answer(0, "");
        try (ScriptedBinaryNode node = new ScriptedBinaryNode(script);
                HashRing client = client(node).retryAfterLoss(false).build()) {
            assertThatThrownBy(() -> client.sync().get("key"))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("belongs to no request");
        }
    }

    @Test
    void error_ofAnotherRequest_isNotBelieved() {
        ScriptedBinaryNode.Script script =
                request ->
                        request.opcode() == GET
                                ? new Frame(GET, 0x82, request.opaque() + 1, "Out of memory")
                                : request.answer(0, "");
        try (ScriptedBinaryNode node = new ScriptedBinaryNode(script);
                HashRing client = client(node).retryAfterLoss(false).build()) {
            assertThatThrownBy(() -> client.sync().get("key"))
                    .isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void metaOperations_areRefusedBeforeAnythingIsSent() {
        try (ScriptedBinaryNode node = new ScriptedBinaryNode(request -> request.answer(0, ""));
                HashRing client = client(node).build()) {
            assertThatThrownBy(() -> client.sync().markStale("key", MINUTE))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("the binary protocol has no stale items");
            assertThatThrownBy(() -> client.sync().lookupOrLease("key", LONG, Duration.ZERO))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("leases");
            assertThatThrownBy(() -> client.sync().compareAndSet("k", "v", new Cas(0), MINUTE))
                    .isInstanceOf(InvalidRequestException.class);
        }
    }

    private static void assertRefused(ScriptedBinaryNode node, HashRing client, String why) {
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> client.sync().get("key"))
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageContainingAll("get on " + node.address(), why);
        }
        assertThat(node.accepted()).isEqualTo(1);
    }

    @Test
    void login_nodeThatProvesNothing_isNotBelieved() {
        ScriptedBinaryNode.Script script =
                request -> request.answer(0, request.opcode() == SASL_LIST ? "SCRAM-SHA-256" : "");
        try (ScriptedBinaryNode node = new ScriptedBinaryNode(script);
                HashRing client = client(node).credentials("user", "pencil").build()) {
            assertRefused(node, client, "has not proved that it knows the password");
        }
    }

    @Test
    void login_challengeThatIsNone_isNotAnswered() {
        ScriptedBinaryNode.Script script =
                request ->
                        request.opcode() == SASL_LIST
                                ? request.answer(0, "PLAIN SCRAM-SHA-512")
                                : request.answer(0x21, "r=other,s=QUJD,i=4096");
        try (ScriptedBinaryNode node = new ScriptedBinaryNode(script);
                HashRing client = client(node).credentials("user", "pencil").build()) {
            assertRefused(node, client, "breaks the rules");
        }
    }

    @Test
    void login_readablePassword_isSentWhenAskedForAlone() {
        ScriptedBinaryNode.Script script =
                request -> request.answer(0, request.opcode() == SASL_LIST ? "PLAIN" : "");
        try (ScriptedBinaryNode node = new ScriptedBinaryNode(script);
                HashRing careful = client(node).credentials("user", "pencil").build()) {
            assertRefused(node, careful, "no mechanism in common: node=[PLAIN]");
        }
        try (ScriptedBinaryNode node = new ScriptedBinaryNode(script);
                HashRing trusting =
                        client(node)
                                .credentials("user", "pencil")
                                .saslMechanisms(Mechanism.PLAIN)
                                .build()) {
            assertThat(trusting.awaitReady(LONG)).isTrue();
        }
    }

    @Test
    void login_nodeWithoutSasl_isTold() {
        ScriptedBinaryNode.Script script = request -> request.answer(0x81, "Unknown command");
        try (ScriptedBinaryNode node = new ScriptedBinaryNode(script);
                HashRing client = client(node).credentials("user", "pencil").build()) {
            assertRefused(node, client, "Unknown command");
        }
    }

    @Test
    void login_emptyPassword_isNotPresented() {
        ScriptedBinaryNode.Script script =
                request -> request.answer(0, request.opcode() == SASL_LIST ? "PLAIN" : "");
        try (ScriptedBinaryNode node = new ScriptedBinaryNode(script);
                HashRing client =
                        client(node)
                                .credentials("user", "")
                                .saslMechanisms(Mechanism.PLAIN)
                                .build()) {
            assertRefused(node, client, "cannot be presented");
        }
    }

    @Test
    void mechanisms_ofNodesAlone_areRefused() {
        assertThatThrownBy(() -> HashRing.builder().saslMechanisms(Mechanism.CRAM_MD5))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
