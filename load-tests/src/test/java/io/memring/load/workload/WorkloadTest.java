package io.memring.load.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.memring.load.result.CommandKind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.SplittableRandom;

final class WorkloadTest {
    private static final long SEED = 20251121;

    /**
     * Five standard deviations: a right sampler fails once in a million runs, and seeds are fixed.
     */
    private static final double DEVIATIONS = 5;

    @ParameterizedTest
    @CsvSource({
        "10, 0.3",
        "1000, 0.5",
        "1000, 0.99",
        "1000, 1",
        "1000, 1.0000000001",
        "1000, 1.5",
        "5, 3",
        "1, 1",
        "2, 0.001",
        "100000000, 1.2"
    })
    void zipfSampler_manyDraws_agreeWithTheory(long ranks, double theta) {
        ZipfSampler sampler = new ZipfSampler(ranks, theta);
        SplittableRandom random = new SplittableRandom(SEED);
        int draws = 200_000;
        int shown = (int) Math.min(ranks, 10);
        long[] seen = new long[shown + 1];
        for (int i = 0; i < draws; i++) {
            long rank = sampler.next(random);
            assertThat(rank).isBetween(1L, ranks);
            seen[rank > shown ? 0 : (int) rank]++;
        }
        double sum = harmonic(ranks, theta);
        for (int rank = 1; rank <= shown; rank++) {
            double probability = Math.pow(rank, -theta) / sum;
            double deviation = Math.sqrt(draws * probability * (1 - probability));
            assertThat((double) seen[rank])
                    .as("rank %d of %d, theta %s, seed %d", rank, ranks, theta, SEED)
                    .isBetween(
                            draws * probability - DEVIATIONS * deviation - 1,
                            draws * probability + DEVIATIONS * deviation + 1);
        }
    }

    /** The first terms one by one, the rest by the integral and its first correction. */
    private static double harmonic(long ranks, double theta) {
        long exact = Math.min(ranks, 100_000);
        double sum = 0;
        for (long rank = exact; rank >= 1; rank--) {
            sum += Math.pow((double) rank, -theta);
        }
        if (exact < ranks) {
            double power = 1 - theta;
            sum +=
                    (Math.pow((double) ranks, power) - Math.pow((double) exact, power)) / power
                            + (Math.pow((double) ranks, -theta) - Math.pow((double) exact, -theta))
                                    / 2;
        }
        return sum;
    }

    @Test
    void hotSet_draws_keepTheirShares() {
        KeyPicker picker = KeyPicker.of(Popularity.parse("hot:1%:90%"), 1000, 0, 1);
        SplittableRandom random = new SplittableRandom(SEED);
        int hot = 0;
        for (int i = 0; i < 100_000; i++) {
            long key = picker.next(random);
            assertThat(key).isBetween(0L, 999L);
            hot += key < 10 ? 1 : 0;
        }
        assertThat(hot).as("seed %d", SEED).isBetween(89_500, 90_500);
    }

    @Test
    void sequential_twoThreads_takeEveryKeyOnce() {
        boolean[] seen = new boolean[10];
        for (int thread = 0; thread < 2; thread++) {
            KeyPicker picker = KeyPicker.of(Popularity.parse("sequential"), 10, thread, 2);
            for (int i = 0; i < 5; i++) {
                int key = (int) picker.next(new SplittableRandom(SEED));
                assertThat(seen[key]).isFalse();
                seen[key] = true;
            }
        }
        assertThat(seen).containsOnly(true);
    }

    @Test
    void keySpace_everyNumber_isReadBack() {
        KeySpace keys = new KeySpace("k:", 1_000_000, 12);
        byte[] key = new byte[12];
        for (long number : new long[] {0, 7, 999_999}) {
            assertThat(keys.write(key, 0, number)).isEqualTo(12);
            assertThat(keys.read(key, 0, 12)).isEqualTo(number);
        }
        assertThat(new String(key, US_ASCII)).isEqualTo("k:0000999999");
        assertThat(keys.read(key, 0, 11)).isEqualTo(KeySpace.FOREIGN);
        key[11] = 'x';
        assertThat(keys.read(key, 0, 12)).isEqualTo(KeySpace.FOREIGN);
    }

    @Test
    void keySpace_tooLong_isRefused() {
        assertThatThrownBy(() -> new KeySpace("k", 10, 251)).hasMessageContaining("250");
        assertThatThrownBy(() -> new KeySpace("a b", 10, 0)).hasMessageContaining("blanks");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 23, 24, 25, 100, 40_000, 100_000})
    void valueText_rightValue_isVerified(int length) {
        ValueText values = new ValueText();
        byte[] value = new byte[length + 5];
        assertThat(values.write(value, 3, length, 42, 7)).isEqualTo(3 + length);
        assertThat(values.verify(value, 3, length, 42)).isTrue();
        if (length > 0) {
            assertThat(values.verify(value, 3, length, 43)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 24, 100, 70_000})
    void valueText_anyFlippedBit_isSeen(int length) {
        ValueText values = new ValueText();
        byte[] value = new byte[length];
        values.write(value, 0, length, 42, 7);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 300; i++) {
            int at = random.nextInt(length);
            byte mask = (byte) (1 << random.nextInt(8));
            value[at] ^= mask;
            assertThat(values.verify(value, 0, length, 42))
                    .as("byte %d, seed %d", at, SEED)
                    .isFalse();
            value[at] ^= mask;
        }
        assertThat(values.verify(value, 0, length, 42)).isTrue();
    }

    @Test
    void valueText_wrongValue_isExplained() {
        ValueText values = new ValueText();
        byte[] value = new byte[100];
        values.write(value, 0, 100, 42, 7);
        assertThat(values.explain(value, 0, 100, 43)).isEqualTo("it belongs to another key");
        assertThat(values.explain(value, 0, 50, 42)).isEqualTo("it was stored with 100 bytes");
        value[50]++;
        assertThat(values.explain(value, 0, 100, 42)).isEqualTo("its body is damaged");
        value[0]++;
        assertThat(values.explain(value, 0, 100, 42)).startsWith("its header is damaged");
    }

    @Test
    void valueSizes_weights_areKept() {
        ValueSizes sizes = ValueSizes.parse("10:3,1k-2k:1");
        SplittableRandom random = new SplittableRandom(SEED);
        int small = 0;
        for (int i = 0; i < 10_000; i++) {
            int size = sizes.next(random);
            if (size == 10) {
                small++;
            } else {
                assertThat(size).isBetween(1024, 2048);
            }
        }
        assertThat(small).as("seed %d", SEED).isBetween(7300, 7700);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "10-5", "2000m", "10:", "-5", "5,,6", "10:-1"})
    void valueSizes_wrongWords_areRefused(String text) {
        assertThatThrownBy(() -> ValueSizes.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "60, 60, 60", "5m-2h, 300, 7200", "1d, 86400, 86400"})
    void ttls_words_areRead(String text, int from, int to) {
        assertThat(Ttls.parse(text)).isEqualTo(new Ttls(from, to));
    }

    @ParameterizedTest
    @ValueSource(strings = {"31d", "x", "5-2", "-1"})
    void ttls_wrongWords_areRefused(String text) {
        assertThatThrownBy(() -> Ttls.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zipf:0", "zipf:x", "hot:1%", "hot:200%:5%", "often", "uniform:2"})
    void popularity_wrongWords_areRefused(String text) {
        assertThatThrownBy(() -> Popularity.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void commandMix_draws_keepTheirShares() {
        CommandMix mix = CommandMix.parse("get=3,set=1");
        SplittableRandom random = new SplittableRandom(SEED);
        int gets = 0;
        for (int i = 0; i < 10_000; i++) {
            gets += mix.next(random) == CommandKind.GET ? 1 : 0;
        }
        assertThat(gets).as("seed %d", SEED).isBetween(7300, 7700);
        assertThat(mix).hasToString("get=3,set=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "get", "get=0", "get=x", "get=1,get=2", "gets=1", "add=1", "get=-1"})
    void commandMix_wrongWords_areRefused(String text) {
        assertThatThrownBy(() -> CommandMix.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
