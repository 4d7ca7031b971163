package io.memring.server;

import static io.memring.server.ProcessState.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.util.Set;

class WarmUpTest {

    @ParameterizedTest
    @EnumSource(Transport.class)
    void run_leavesNothingBehind(Transport transport) throws IOException {
        WarmUp.run(transport); // What is made once and for all is there from now on.
        long descriptors = ProcessState.openDescriptors();
        Set<String> threads = ProcessState.nodeThreads();

        WarmUp.run(transport);

        assertThat(ProcessState.openDescriptors()).isEqualTo(descriptors);
        assertThat(ProcessState.nodeThreads()).isEqualTo(threads);
    }

    /** The node beside it has not seen any of its connections and requests. */
    @Test
    void run_besideANode_leavesItAlone() throws IOException {
        try (MemringServer node = CommandLineNode.start("-p", "-1", "-l", "127.0.0.1");
                TestClient client = TestClient.connect(node.address())) {
            WarmUp.run(Transport.AUTO);

            assertThat(client.stats("stats"))
                    .containsEntry("total_connections", "1")
                    .containsEntry("cmd_get", "0")
                    .containsEntry("cmd_set", "0")
                    .containsEntry("curr_items", "0");
        }
    }

    @Test
    void sampleClient_asksForAllThatItSays() throws IOException {
        try (MemringServer node = CommandLineNode.start("-p", "-1", "-l", "127.0.0.1");
                TestClient witness = TestClient.connect(node.address());
                SampleClient quitting = new SampleClient(node.address());
                SampleClient leaving = new SampleClient(node.address())) {
            quitting.send(SampleClient.REQUESTS);
            quitting.awaitReplies();
            quitting.quit();
            leaving.send(SampleClient.REQUESTS.repeat(2));
            leaving.awaitReplies();

            assertThat(eventually(() -> connections(witness).equals("2"))).isTrue();
            assertThat(witness.stats("stats"))
                    .containsEntry("total_connections", "3")
                    .containsEntry("touch_hits", "3")
                    .containsEntry("incr_hits", "3")
                    .containsEntry("delete_hits", "3");
        }
    }

    private static String connections(TestClient client) {
        return client.stats("stats").getOrDefault("curr_connections", "");
    }
}
