package io.memring.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memring.engine.EngineConfig;
import io.memring.sasl.Mechanism;
import io.memring.server.connection.ConnectionConfig;
import io.memring.server.connection.ConnectionConfig.Binding;
import io.memring.server.connection.UdpConfig;
import io.memring.server.tls.TlsMode;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;

/** The defaults, and the rules that tie settings together. */
class ServerBuilderTest {

    private static final int MEBI = 1 << 20;

    private final ServerBuilder builder = MemringServer.builder();

    @Test
    void build_untouched_hasMemcachedsDefaults() {
        ServerConfig config = builder.build();

        assertThat(config.engine())
                .isEqualTo(
                        new EngineConfig(
                                64L * MEBI,
                                MEBI,
                                4,
                                0,
                                0,
                                0,
                                48,
                                0,
                                true,
                                true,
                                20,
                                40,
                                0.2,
                                2.0,
                                -1,
                                true,
                                true));
        assertThat(config.listen())
                .isEqualTo(
                        new ListenConfig(
                                Transport.AUTO,
                                11211,
                                null,
                                List.of(new ListenAddress(null, 11211, TlsMode.OFF)),
                                0,
                                List.of(),
                                new UdpConfig(64 << 10, 1 << 20),
                                null,
                                0700,
                                1024,
                                1024,
                                AllowList.EVERYBODY,
                                true));
        assertThat(config.connections())
                .isEqualTo(new ConnectionConfig(20, 0, 60, 0, Binding.AUTO));
        assertThat(config.auth())
                .isEqualTo(
                        new AuthConfig(
                                null,
                                false,
                                null,
                                false,
                                EnumSet.of(
                                        Mechanism.SCRAM_SHA_512,
                                        Mechanism.SCRAM_SHA_256,
                                        Mechanism.EXTERNAL,
                                        Mechanism.PLAIN),
                                10));
        assertThat(config.commands()).isEqualTo(new CommandPolicy(false, true, true, true, false));
        assertThat(config.reported())
                .isEqualTo(
                        new ReportedSettings(
                                0, "murmur3", true, 1, 0.8, 10, 100, 0, 0, 262_144, 65_536));
        assertThat(config.tls().enabled()).isFalse();
        assertThat(config.verbosity()).isZero();
    }

    @Test
    void build_unixSocket_listensOnNoNetwork() {
        ListenConfig listen = builder.port(1234).unixSocket(Path.of("/nowhere/x")).build().listen();

        assertThat(listen.addresses()).isEmpty();
        assertThat(listen.unixSocket()).isEqualTo(Path.of("/nowhere/x"));
    }

    @Test
    void build_withoutTcp_listensNowhere() {
        assertThat(builder.withoutTcp().build().listen().addresses()).isEmpty();
    }

    @Test
    void build_portAfterListen_appliesToEntriesWithoutPort() {
        ListenConfig listen = builder.listen("127.0.0.1,127.0.0.2:99").port(1234).build().listen();

        assertThat(listen.addresses())
                .containsExactly(
                        new ListenAddress("127.0.0.1", 1234, TlsMode.OFF),
                        new ListenAddress("127.0.0.2", 99, TlsMode.OFF));
        assertThat(listen.interfaces()).isEqualTo("127.0.0.1,127.0.0.2:99");
    }

    @Test
    void build_sameListenTwice_listensOnce() {
        assertThat(builder.listen("127.0.0.1").listen("127.0.0.1").build().listen().addresses())
                .hasSize(1);
    }

    @Test
    void build_itemOfMoreThanHalfTheMemory_isRefused() {
        builder.memoryLimitMegabytes(64).itemSizeMax(32 * MEBI + 1);

        assertRefused("-I 33554433: must be at most half of the memory limit (-m 64)");
    }

    @Test
    void build_itemOfHalfTheMemory_isTaken() {
        builder.memoryLimitMegabytes(64).itemSizeMax(32 * MEBI);

        assertThat(builder.build().engine().itemSizeMax()).isEqualTo(32 * MEBI);
    }

    @Test
    void build_itemBelowOneKilobyte_isRefused() {
        builder.itemSizeMax(1000);

        assertRefused("-I 1000: must be between 1024 and 1073741824");
    }

    @Test
    void build_smallestChunkLargerThanItem_isRefused() {
        builder.itemSizeMax(1024).chunkSizeMin(2048);

        assertRefused("-n 2048: must not be larger than an item (-I 1024)");
    }

    @Test
    void build_largestChunkLargerThanItem_isRefused() {
        builder.itemSizeMax(1024).slabChunkMax(2048);

        assertRefused("-o slab_chunk_max 2: must not be larger than an item (-I 1024)");
    }

    @Test
    void build_itemIsNoMultipleOfLargestChunk_isRefused() {
        builder.itemSizeMax(MEBI).slabChunkMax(600 * 1024);

        assertRefused(
                "-o slab_chunk_max 600: the item size limit (-I 1048576) must be a multiple of it");
    }

    @Test
    void build_pageIsNoMultipleOfLargestChunk_isRefused() {
        builder.itemSizeMax(3 * MEBI).slabChunkMax(768 * 1024);

        assertRefused("-o slab_chunk_max 768: must divide 1024 without remainder");
    }

    @Test
    void build_chunksOfWholePages_takesTheGivenPageSize() {
        builder.pageSize(MEBI).chunksOfWholePages(true);

        assertThat(builder.build().engine().slabChunkMax()).isEqualTo(MEBI);
    }

    @Test
    void build_oddStripes_isRefused() {
        builder.stripes(3);

        assertRefused("-o stripes 3: must be a power of two");
    }

    @Test
    void build_oddPageSize_isRefused() {
        builder.pageSize(100_000);

        assertRefused("-o page_size 100000: must be a power of two from 64k to 1m");
    }

    @Test
    void build_segmentsTogetherTooLarge_isRefused() {
        builder.hotLruPercent(41).warmLruPercent(40);

        assertRefused("-o hot_lru_pct 41, warm_lru_pct 40: must not be more than 80 together");
    }

    @Test
    void build_temporaryItemsWithoutSegments_isRefused() {
        builder.temporaryTtl(10).lruMaintainer(false);

        assertRefused("-o temporary_ttl 10: needs lru_maintainer, which is off");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage(message);
    }
}
