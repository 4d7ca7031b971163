package io.memring.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.spotify.folsom.BinaryMemcacheClient;
import com.spotify.folsom.MemcacheClientBuilder;
import com.spotify.folsom.MemcacheStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** folsom in its binary mode, which logs in with SASL. */
final class FolsomBinaryTest extends FolsomContract<BinaryMemcacheClient<String>> {
    FolsomBinaryTest(@TempDir Path folder) throws Exception {
        super(
                folder,
                (node, users) -> node.sasl(true).saslFile(users),
                MemcacheClientBuilder::connectBinary);
    }

    @Test
    void incrAndDecr_countAndTakeDefaults() throws Exception {
        assertThat(await(client.incr("key", 5, 10, 0))).isEqualTo(10);
        assertThat(await(client.incr("key", 5, 10, 0))).isEqualTo(15);
        assertThat(await(client.decr("key", 4, 0, 0))).isEqualTo(11);
        assertThat(await(client.decr("key", 100, 0, 0))).isZero();
    }

    /** One key at a time: for several, it sends a get with the extras of another request. */
    @Test
    void getAndTouch_readsAndSetsTheExpiry() throws Exception {
        assertThat(await(client.getAndTouch("key", 600))).isNull();
        await(client.set("key", "x", 0));
        assertThat(await(client.getAndTouch("key", 600))).isEqualTo("x");
        assertThat(await(client.casGetAndTouch("key", 600)).getValue()).isEqualTo("x");
    }

    @Test
    void versions_guardEveryStore() throws Exception {
        await(client.set("key", "x", 0));
        long cas = await(client.casGet("key")).getCas();
        assertThat(await(client.append("key", "y", cas + 1))).isEqualTo(MemcacheStatus.KEY_EXISTS);
        assertThat(await(client.append("key", "y", cas))).isEqualTo(MemcacheStatus.OK);
        assertThat(await(client.delete("key", cas))).isEqualTo(MemcacheStatus.KEY_EXISTS);
        assertThat(await(client.get("key"))).isEqualTo("xy");
    }

    @Test
    void noop_isAnswered() throws Exception {
        assertThat(await(client.noop())).isNull();
    }
}
