package io.memring.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Whether the time that a refusal takes tells something (CVE-2026-47783, CVE-2026-47784): two kinds
 * of wrong login are measured in random order, and Welch's t says whether their means differ.
 */
@Tag("deep")
class TimingTest {
    private static final int SAMPLES = 1_000_000;
    private static final int WARM_UP = 50_000;

    /** The bound of the method, "dude, is my code constant time?". */
    private static final double SIGNIFICANT = 4.5;

    /** The slowest tenth is the machine's affair. */
    private static final double KEPT = 0.9;

    /** So few that PBKDF2 does not hide what else takes time. */
    private static final int ITERATIONS = 2;

    private final SplittableRandom random = new SplittableRandom(1);

    /** A login that is refused. */
    private interface Attempt {
        boolean isRefused();
    }

    private void checkSameTime(String what, Attempt one, Attempt other) {
        measure(one, other, WARM_UP);
        double t = measure(one, other, SAMPLES);
        System.out.printf("%s: t = %.2f%n", what, t);
        assertThat(Math.abs(t)).as(what).isLessThan(SIGNIFICANT);
    }

    private double measure(Attempt one, Attempt other, int samples) {
        long[][] nanos = new long[2][samples];
        int[] counts = new int[2];
        for (int i = 0; i < samples; i++) {
            int kind = random.nextInt(2);
            Attempt attempt = kind == 0 ? one : other;
            long start = System.nanoTime();
            boolean refused = attempt.isRefused();
            nanos[kind][counts[kind]++] = System.nanoTime() - start;
            assertThat(refused || counts[kind] < 0).isTrue();
        }
        return welch(Arrays.copyOf(nanos[0], counts[0]), Arrays.copyOf(nanos[1], counts[1]));
    }

    private static double welch(long[] one, long[] other) {
        long[] all = new long[one.length + other.length];
        System.arraycopy(one, 0, all, 0, one.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        Arrays.sort(all);
        long slowest = all[(int) (all.length * KEPT)];
        double[] first = Arrays.stream(one).filter(n -> n < slowest).asDoubleStream().toArray();
        double[] second = Arrays.stream(other).filter(n -> n < slowest).asDoubleStream().toArray();
        double spread = variance(first) / first.length + variance(second) / second.length;
        return (mean(first) - mean(second)) / Math.sqrt(spread);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
    }

    private static Attempt attempt(CredentialStore store, String user, String password) {
        return () -> store.checkPassword(user, password) == null;
    }

    @Test
    void cve_2026_47783_unknownUser_takesAsLongAsAKnownOne() {
        CredentialStore verifiers = TestUsers.store(TestUsers.user("known", "right", ITERATIONS));
        checkSameTime(
                "verifiers, user",
                attempt(verifiers, "known", "wrong"),
                attempt(verifiers, "other", "wrong"));

        CredentialStore passwords = manyPasswords();
        checkSameTime(
                "passwords, user",
                attempt(passwords, "known", "wrong"),
                attempt(passwords, "other", "wrong"));
    }

    @Test
    void cve_2026_47783_placeInTheFile_doesNotShow() {
        CredentialStore passwords = manyPasswords();
        checkSameTime(
                "passwords, place",
                attempt(passwords, "known", "wrong"),
                attempt(passwords, "first", "wrong"));
    }

    @Test
    void cve_2026_47784_almostRightPassword_takesAsLongAsAnyOther() {
        String right = "correct horse battery staple";
        String almost = "correct horse battery stapl_";
        String other = "________ _____ _______ _____";
        CredentialStore verifiers = TestUsers.store(TestUsers.user("known", right, ITERATIONS));
        checkSameTime(
                "verifiers, password",
                attempt(verifiers, "known", almost),
                attempt(verifiers, "known", other));

        CredentialStore passwords = TestUsers.passwords("known", right);
        checkSameTime(
                "passwords, password",
                attempt(passwords, "known", almost),
                attempt(passwords, "known", other));
    }

    private static CredentialStore manyPasswords() {
        return new PasswordStore(
                List.of(
                        new PasswordStore.Entry("first", "right"),
                        new PasswordStore.Entry("second", "right"),
                        new PasswordStore.Entry("known", "right")),
                TestUsers.secret());
    }
}
