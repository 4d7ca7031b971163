package io.memring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.engine.command.Command;
import io.memring.engine.command.FetchOutcome;
import io.memring.engine.command.Operation;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FetchTest {

    private final InlineCache cache = InlineCache.small();

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void fetch_hitAndMiss_areCountedAsGets() {
        cache.set("k", "v");
        cache.get("k");
        cache.get("other");

        assertThat(cache.total(Stat.CMD_GET)).isEqualTo(2);
        assertThat(cache.total(Stat.GET_HITS)).isEqualTo(1);
        assertThat(cache.total(Stat.GET_MISSES)).isEqualTo(1);
    }

    @Test
    void fetch_uncounted_isNotCounted() {
        cache.set("k", "v");
        cache.get("k", c -> c.debug = true);
        cache.get("other", c -> c.debug = true);

        assertThat(cache.total(Stat.CMD_GET)).isZero();
    }

    @Test
    void fetch_secondTime_reportsTheHitBefore() {
        cache.set("k", "v");
        cache.get("k");
        assertThat(cache.command.itemHitBefore).isFalse();
        cache.get("k");
        assertThat(cache.command.itemHitBefore).isTrue();
    }

    @Test
    void fetch_noBump_leavesNoTrace() {
        cache.set("k", "v");
        cache.get("k", c -> c.noBump = true);
        cache.get("k", c -> c.noBump = true);

        assertThat(cache.command.itemHitBefore).isFalse();
    }

    @Test
    void fetch_later_reportsIdleSeconds() {
        cache.set("k", "v");
        cache.clock.advance(30);
        cache.get("k");
        assertThat(cache.command.itemIdleSeconds).isEqualTo(30);
        cache.get("k");
        cache.get("k");
        assertThat(cache.command.itemIdleSeconds).isZero();
    }

    @Test
    void fetch_attributes_describeTheItem() {
        cache.set("key", "value", 100);
        cache.clock.advance(1);
        cache.get("key", c -> c.debug = true);

        assertThat(cache.command.itemValueLength).isEqualTo(5);
        assertThat(cache.command.itemTtlSeconds).isEqualTo(99);
        assertThat(cache.command.itemTotalBytes).isEqualTo(36 + 3 + 5);
        assertThat(cache.command.itemSlabClassId).isPositive();
    }

    @Test
    void fetch_expired_missesAndCountsOnce() {
        cache.set("k", "v", 10);
        cache.clock.advance(9);
        assertThat(cache.get("k")).isEqualTo("v");
        cache.clock.advance(1);
        assertThat(cache.get("k")).isNull();
        assertThat(cache.get("k")).isNull();

        assertThat(cache.total(Stat.GET_EXPIRED)).isEqualTo(1);
        assertThat(cache.total(Stat.GET_MISSES)).isEqualTo(2);
        assertThat(cache.engine.figures().currItems()).isZero();
    }

    @Test
    void fetch_storedExpired_misses() {
        cache.set("k", "v", -1);
        assertThat(cache.get("k")).isNull();
    }

    @Test
    void fetch_absoluteExptime_livesUntilThen() {
        long unixNow = ManualClock.EPOCH_SECONDS + cache.clock.nowSeconds();
        cache.set("k", "v", (int) unixNow + 5);
        cache.clock.advance(4);
        assertThat(cache.get("k")).isEqualTo("v");
        cache.clock.advance(1);
        assertThat(cache.get("k")).isNull();
    }

    @Test
    void fetch_withTouch_changesTheExpiryAndCountsATouch() {
        cache.set("k", "v", 10);
        assertThat(cache.get("k", c -> touch(c, 1000))).isEqualTo("v");

        assertThat(cache.command.itemTtlBeforeSeconds).isEqualTo(10);
        assertThat(cache.command.itemTtlSeconds).isEqualTo(1000);
        cache.get("none", c -> touch(c, 1));
        assertThat(cache.total(Stat.CMD_TOUCH)).isEqualTo(2);
        assertThat(cache.total(Stat.TOUCH_HITS)).isEqualTo(1);
        assertThat(cache.total(Stat.TOUCH_MISSES)).isEqualTo(1);
        assertThat(cache.total(Stat.CMD_GET)).isZero();
    }

    @Test
    void fetch_metaTouchMiss_countsAGet() {
        cache.get(
                "none",
                c -> {
                    touch(c, 1);
                    c.meta = true;
                });

        assertThat(cache.total(Stat.GET_MISSES)).isEqualTo(1);
        assertThat(cache.total(Stat.CMD_TOUCH)).isZero();
    }

    @Test
    void touch_item_changesTheExpiry() {
        cache.set("k", "v", 10);
        assertThat(cache.touch("k", 0)).isEqualTo(FetchOutcome.HIT);
        assertThat(cache.touch("none", 0)).isEqualTo(FetchOutcome.MISS);
        cache.clock.advance(1000);

        assertThat(cache.get("k")).isEqualTo("v");
        assertThat(cache.total(Stat.CMD_TOUCH)).isEqualTo(2);
        assertThat(cache.total(Stat.TOUCH_HITS)).isEqualTo(1);
    }

    @Test
    void touch_pastTime_killsTheItem() {
        cache.set("k", "v");
        cache.touch("k", -1);
        assertThat(cache.get("k")).isNull();
    }

    @Test
    void vivify_missingKey_createsAnEmptyItemAndWins() {
        assertThat(cache.get("k", c -> vivify(c, 30))).isEmpty();
        assertThat(cache.command.fetchOutcome).isEqualTo(FetchOutcome.CREATED);
        assertThat(cache.command.itemWon).isTrue();
        assertThat(cache.command.itemWinSent).isFalse();
        assertThat(cache.command.itemTtlSeconds).isEqualTo(30);
        assertThat(cache.command.itemTtlBeforeSeconds).isEqualTo(-1);

        cache.get("k", c -> vivify(c, 30));
        assertThat(cache.command.fetchOutcome).isEqualTo(FetchOutcome.HIT);
        assertThat(cache.command.itemWon).isFalse();
        assertThat(cache.command.itemWinSent).isTrue();
        assertThat(cache.total(Stat.GET_HITS)).isEqualTo(2);
    }

    @Test
    void recache_aboutToExpire_isWonOnce() {
        cache.set("k", "v", 100);
        cache.get("k", c -> recache(c, 50));
        assertThat(cache.command.itemWon).isFalse();
        cache.clock.advance(60);
        cache.get("k", c -> recache(c, 50));
        assertThat(cache.command.itemWon).isTrue();
        cache.get("k", c -> recache(c, 50));
        assertThat(cache.command.itemWon).isFalse();
        assertThat(cache.command.itemWinSent).isTrue();
    }

    @Test
    void stale_item_isWonByMetaGetsOnly() {
        cache.set("k", "v");
        cache.delete("k", c -> c.invalidate = true);
        assertThat(cache.get("k")).isEqualTo("v");
        assertThat(cache.command.itemWon).isFalse();
        cache.get("k", c -> c.meta = true);
        assertThat(cache.command.itemWon).isTrue();
        assertThat(cache.command.itemStale).isTrue();
        cache.get("k", c -> c.meta = true);
        assertThat(cache.command.itemWon).isFalse();
        assertThat(cache.command.itemWinSent).isTrue();
    }

    @Test
    void finish_overtakenByAWrite_asksForAnotherTry() {
        cache.set("k", "old");
        Command fetch = new Command();
        copyRequest(cache.prepare(Operation.FETCH, "k"), fetch);
        assertThat(cache.worker.execute(fetch)).isTrue();

        cache.set("k", "new");

        assertThat(cache.worker.finish(fetch)).isFalse();
        assertThat(cache.total(Stat.GET_HITS)).isZero();
        assertThat(cache.get("k")).isEqualTo("new");
    }

    private static void copyRequest(Command from, Command to) {
        to.reset(from.operation);
        to.keyAddress = from.keyAddress;
        to.keyLength = from.keyLength;
        to.hash = from.hash;
    }

    private static void touch(Command command, int exptime) {
        command.hasTouch = true;
        command.touchExptime = exptime;
    }

    private static void vivify(Command command, int exptime) {
        command.meta = true;
        command.hasVivify = true;
        command.vivifyExptime = exptime;
    }

    private static void recache(Command command, int seconds) {
        command.meta = true;
        command.hasRecache = true;
        command.recacheSeconds = seconds;
    }
}
