package io.memring.engine;

import static org.assertj.core.api.Assertions.assertThat;

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
}
