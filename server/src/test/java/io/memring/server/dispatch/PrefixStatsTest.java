package io.memring.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

class PrefixStatsTest {
    private static final int MAX_PREFIXES = 1 << 16;

    private final PrefixStats stats = new PrefixStats(PrefixConfig.DEFAULT);

    private void get(String key) {
        ByteBuf buffer = Unpooled.copiedBuffer(key, US_ASCII);
        stats.get(buffer, 0, key.length(), true);
    }

    @Test
    void dump_afterRequests_countsThoseWithAPrefix() {
        get("a:x");
        get("a:y");
        get("b:");
        get("none");
        assertThat(stats.dump().lines())
                .containsExactly(
                        "PREFIX a get 2 hit 2 set 0 del 0",
                        "PREFIX b get 1 hit 1 set 0 del 0",
                        "END");
    }

    /** Clients choose the prefixes: beyond a bound new ones are not counted. */
    @Test
    void commit_76dc58c6b_prefixesWithoutEnd_areNotAllCounted() {
        for (int i = 0; i < MAX_PREFIXES + 1000; i++) {
            get(i + ":k");
        }
        get("0:k");
        assertThat(stats.dump().lines()).hasSize(MAX_PREFIXES + 1);
        assertThat(stats.dump()).contains("PREFIX 0 get 2 ").doesNotContain("PREFIX 65536 ");
    }
}
