package io.memring.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.spotify.folsom.AsciiMemcacheClient;
import com.spotify.folsom.MemcacheClientBuilder;

import io.memring.server.ServerBuilder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** folsom in its text mode, which logs in with a {@code set}. */
final class FolsomTest extends FolsomContract<AsciiMemcacheClient<String>> {
    FolsomTest(@TempDir Path folder) throws Exception {
        super(folder, ServerBuilder::authFile, MemcacheClientBuilder::connectAscii);
    }

    @Test
    void incrAndDecr_count() throws Exception {
        assertThat(await(client.incr("key", 1))).isNull();
        await(client.set("key", "10", 0));
        assertThat(await(client.incr("key", 5))).isEqualTo(15);
        assertThat(await(client.decr("key", 4))).isEqualTo(11);
        assertThat(await(client.decr("key", 100))).isZero();
    }
}
