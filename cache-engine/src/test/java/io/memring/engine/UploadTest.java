package io.memring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.engine.command.Command;
import io.memring.engine.command.Operation;
import io.memring.engine.command.StoreMode;
import io.memring.engine.command.StoreOutcome;
import io.memring.engine.command.Upload;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000, 100_000})
    void commit_valueInPieces_isStoredWhole(int piece) {
        try (InlineCache cache = InlineCache.small()) {
            String value = "abcdefghijklmnopqrstuvwxyz".repeat(3000);
            assertThat(cache.upload(StoreMode.SET, "k", value, piece))
                    .isEqualTo(StoreOutcome.STORED);

            assertThat(cache.get("k")).isEqualTo(value);
            assertThat(cache.engine.figures().openUploads()).isZero();
            assertThat(cache.total(Stat.CMD_SET)).isEqualTo(1);
        }
    }

    @Test
    void commit_emptyValue_isStored() {
        try (InlineCache cache = InlineCache.small()) {
            assertThat(cache.upload(StoreMode.SET, "k", "", 1)).isEqualTo(StoreOutcome.STORED);
            assertThat(cache.get("k")).isEmpty();
        }
    }

    @Test
    void reserve_beforeCommit_showsNothing() {
        try (InlineCache cache = InlineCache.small()) {
            cache.set("k", "old");
            Upload upload = new Upload();
            cache.reserve(StoreMode.SET, "k", "new", upload);

            assertThat(cache.get("k")).isEqualTo("old");
            assertThat(cache.engine.figures().openUploads()).isEqualTo(1);
            cache.worker.abort(upload);
            assertThat(upload.isOpen()).isFalse();
            assertThat(cache.get("k")).isEqualTo("old");
            assertThat(cache.engine.figures().openUploads()).isZero();
        }
    }

    @Test
    void abort_closedUpload_doesNothing() {
        try (InlineCache cache = InlineCache.small()) {
            Upload upload = new Upload();
            cache.worker.abort(upload);
            assertThat(upload.isOpen()).isFalse();
        }
    }

    @Test
    void abort_unfinishedChain_freesAllItsChunks() {
        try (InlineCache cache = InlineCache.small()) {
            Upload upload = new Upload();
            String value = "x".repeat(300_000);
            cache.reserve(StoreMode.SET, "k", value, upload);
            cache.worker.write(upload, cache.command.valueAddress, 100_000);
            cache.worker.abort(upload);
            cache.engine.checkInvariants();

            assertThat(cache.upload(StoreMode.SET, "k", value, 5000))
                    .isEqualTo(StoreOutcome.STORED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 40_000, 200_000})
    void commit_joining_joinsChains(int length) {
        try (InlineCache cache = InlineCache.small()) {
            String old = "o".repeat(50_000);
            String piece = "p".repeat(length);
            cache.set("k", old);
            assertThat(cache.upload(StoreMode.APPEND, "k", piece, 999))
                    .isEqualTo(StoreOutcome.STORED);
            assertThat(cache.command.itemValueLength).isEqualTo(50_000 + length);
            assertThat(cache.get("k")).isEqualTo(old + piece);
            cache.upload(StoreMode.PREPEND, "k", piece, 4444);
            assertThat(cache.get("k")).isEqualTo(piece + old + piece);
        }
    }

    @Test
    void commit_conditionFails_givesTheChunkBack() {
        try (InlineCache cache = InlineCache.small()) {
            cache.set("k", "old");
            assertThat(cache.upload(StoreMode.ADD, "k", "new", 1))
                    .isEqualTo(StoreOutcome.NOT_STORED);
            assertThat(cache.upload(StoreMode.REPLACE, "other", "new", 1))
                    .isEqualTo(StoreOutcome.NOT_STORED);
            assertThat(cache.engine.figures().currItems()).isEqualTo(1);
        }
    }

    @Test
    void reserve_expiry_countsFromTheReservation() {
        try (InlineCache cache = InlineCache.small()) {
            Upload upload = new Upload();
            cache.reserve(StoreMode.SET, "k", "", upload);
            cache.worker.abort(upload);
            cache.prepare(Operation.RESERVE, "k");
            cache.value("");
            cache.command.exptime = 10;
            cache.command.upload = upload;
            cache.worker.execute(cache.command);
            cache.clock.advance(4);
            cache.command.operation = Operation.COMMIT;
            cache.worker.execute(cache.command);
            cache.get("k");

            assertThat(cache.command.itemTtlSeconds).isEqualTo(6);
        }
    }

    @Test
    void reserve_tooManyUnfinished_isRefusedBeforeTheyHoldAllMemory() {
        try (InlineCache cache = InlineCache.small()) {
            String value = "x".repeat(1_000_000);
            Upload[] uploads = new Upload[20];
            int open = 0;
            for (int i = 0; i < uploads.length; i++) {
                uploads[i] = new Upload();
                if (cache.reserve(StoreMode.SET, "k" + i, value, uploads[i])
                        == StoreOutcome.STORED) {
                    open++;
                }
            }

            assertThat(open).isBetween(3, 4);
            assertThat(cache.total(Stat.STORE_NO_MEMORY)).isEqualTo(uploads.length - open);
            assertThat(cache.set("other", "still works")).isEqualTo(StoreOutcome.STORED);
            for (Upload upload : uploads) {
                cache.worker.abort(upload);
            }
            assertThat(cache.engine.figures().openUploadBytes()).isZero();
        }
    }

    @Test
    void reserve_underPressure_isNeitherEvictedNorMoved() {
        try (InlineCache cache = new InlineCache(InlineCache.config(2))) {
            Upload upload = new Upload();
            String value = "u".repeat(300_000);
            cache.reserve(StoreMode.SET, "upload", value, upload);
            long source = cache.command.valueAddress;
            cache.worker.write(upload, source, 150_000);
            for (int i = 0; i < 400; i++) {
                cache.set("key" + i, "x".repeat(i % 2 == 0 ? 20_000 : 500 + i));
                cache.worker.maintain();
            }
            cache.value(value);
            cache.worker.write(upload, source, 150_000);
            cache.prepare(Operation.COMMIT, "upload");
            cache.command.upload = upload;
            cache.worker.execute(cache.command);

            assertThat(cache.get("upload")).isEqualTo(value);
            assertThat(cache.total(Stat.EVICTIONS)).isPositive();
        }
    }

    @Test
    void reserve_manyChunks_letsOthersInBetween() {
        EngineConfig config = TestConfig.of(16).stripes(1).itemSizeMax(4 << 20).build();
        try (InlineCache cache = new InlineCache(config);
                SlicedReserve reserve = new SlicedReserve(cache, 3_500_000)) {
            fill(cache);
            assertThat(reserve.begin()).isFalse();
            int runs = 1;
            while (!reserve.isDone()) {
                cache.engine.checkInvariants();
                assertThat(cache.set("between", "run " + runs)).isEqualTo(StoreOutcome.STORED);
                assertThat(cache.get("between")).isEqualTo("run " + runs);
                cache.worker.drain();
                runs++;
            }
            assertThat(runs).isBetween(3, 5);
            assertThat(reserve.command.storeOutcome).isEqualTo(StoreOutcome.STORED);
            assertThat(cache.total(Stat.EVICTIONS)).isPositive();

            String value = reserve.writeAll();
            reserve.command.operation = Operation.COMMIT;
            assertThat(cache.worker.execute(reserve.command)).isTrue();
            assertThat(cache.get(SlicedReserve.KEY)).isEqualTo(value);
        }
    }

    @Test
    void reserve_memoryEndsBetweenSlices_givesAllOfItBack() {
        EngineConfig config =
                TestConfig.of(16).stripes(1).itemSizeMax(4 << 20).withoutEviction().build();
        try (InlineCache cache = new InlineCache(config);
                SlicedReserve reserve = new SlicedReserve(cache, 3_500_000)) {
            int filled = fill(cache);
            for (int i = 0; i < filled / 8; i++) {
                cache.delete("key" + i);
            }
            assertThat(reserve.begin()).isFalse();
            while (!reserve.isDone()) {
                cache.worker.drain();
            }
            assertThat(reserve.command.storeOutcome).isEqualTo(StoreOutcome.NO_MEMORY);
            assertThat(reserve.upload.isOpen()).isFalse();
            assertThat(cache.engine.figures().openUploads()).isZero();
            assertThat(cache.set("key0", "x".repeat(20_000))).isEqualTo(StoreOutcome.STORED);
        }
    }

    /** Stores until the memory is full; how many items that took. */
    private static int fill(InlineCache cache) {
        int stored = 0;
        while (cache.set("key" + stored, "x".repeat(20_000)) == StoreOutcome.STORED
                && cache.total(Stat.EVICTIONS) == 0) {
            stored++;
        }
        return stored;
    }

    /** A RESERVE that takes several runs, with a key and a value of its own. */
    private static final class SlicedReserve implements AutoCloseable {
        static final String KEY = "large";

        final Command command = new Command();
        final Upload upload = new Upload();
        private final InlineCache cache;
        private final int length;
        private final Scratch key = new Scratch(KEY.length());
        private final Scratch value;
        private boolean done;

        SlicedReserve(InlineCache cache, int length) {
            this.cache = cache;
            this.length = length;
            this.value = new Scratch(length);
            cache.worker.attach(() -> {}, completed -> done |= completed == command);
        }

        /** The first run; true if it was the only one. */
        boolean begin() {
            command.reset(Operation.RESERVE);
            command.keyAddress = key.put(KEY);
            command.keyLength = KEY.length();
            command.hash = EngineWorker.hash(command.keyAddress, command.keyLength);
            command.valueLength = length;
            command.upload = upload;
            return cache.worker.execute(command);
        }

        boolean isDone() {
            return done;
        }

        /** Fills the reserved chunks, and says with what. */
        String writeAll() {
            assertThat(upload.remaining).isEqualTo(length);
            String text = "0123456789abcdef\r\n".repeat(length / 18 + 1).substring(0, length);
            cache.worker.write(upload, value.put(text), length);
            return text;
        }

        @Override
        public void close() {
            key.close();
            value.close();
        }
    }
}
