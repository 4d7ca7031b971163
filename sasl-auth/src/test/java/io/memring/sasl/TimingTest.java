package io.memring.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Whether the time that a refusal takes tells something (CVE-2026-47783, CVE-2026-47784).
 *
 * <p>As in "Dude, is my code constant time?" (Reparaz, Balasch, Verbauwhede, 2017): two classes of
 * wrong logins are measured in random order, so that whatever else the machine does meets both
 * alike, and Welch's t says whether their means differ. The slow end of the times is the machine's;
 * how much of it must be left out is not known, so t is computed for several cuts, and the largest
 * counts. A comparison that stops at the first difference shows that the method would notice.
 */
@Tag("deep")
class TimingTest {
    private static final int SAMPLES = 1_000_000;
    private static final int WARM_UP = 100_000;

    /** The method's bound. */
    private static final double SIGNIFICANT = 4.5;

    /** The shares of all times, the fastest, that are looked at. */
    private static final double[] CUTS = {0.5, 0.7, 0.9, 0.99};

    /** So few that PBKDF2 does not hide what else takes time. */
    private static final int ITERATIONS = 2;

    private static final String RIGHT = "correct horse battery staple";
    private static final String ALMOST_RIGHT = "correct horse battery stapl_";
    private static final String WRONG = "________ _____ _______ _____";

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);

    /** A login that is refused. */
    private interface Attempt {
        boolean isRefused();
    }

    private void checkSameTime(String what, Attempt one, Attempt other) {
        double t = largestT(what, one, other);
        assertThat(t).as("%s, seed %d", what, seed).isLessThan(SIGNIFICANT);
    }

    private double largestT(String what, Attempt one, Attempt other) {
        measure(one, other, WARM_UP);
        long[][] nanos = measure(one, other, SAMPLES);
        double largest = 0;
        StringBuilder line = new StringBuilder(what + ": t =");
        for (double cut : CUTS) {
            double t = welch(nanos, cut);
            line.append(" %.2f (%.0f%%)".formatted(t, 100 * cut));
            largest = Math.max(largest, Math.abs(t));
        }
        System.out.println(line);
        return largest;
    }

    /** The times of each class. */
    private long[][] measure(Attempt one, Attempt other, int samples) {
        long[][] nanos = new long[2][samples];
        int[] counts = new int[2];
        int refused = 0;
        for (int i = 0; i < samples; i++) {
            int kind = random.nextInt(2);
            Attempt attempt = kind == 0 ? one : other;
            long start = System.nanoTime();
            refused += attempt.isRefused() ? 1 : 0;
            nanos[kind][counts[kind]++] = System.nanoTime() - start;
        }
        assertThat(refused).isEqualTo(samples);
        return new long[][] {
            Arrays.copyOf(nanos[0], counts[0]), Arrays.copyOf(nanos[1], counts[1])
        };
    }

    /** Both classes are cut at the same time, that of the given share of all. */
    private static double welch(long[][] nanos, double share) {
        long[] all = new long[nanos[0].length + nanos[1].length];
        System.arraycopy(nanos[0], 0, all, 0, nanos[0].length);
        System.arraycopy(nanos[1], 0, all, nanos[0].length, nanos[1].length);
        Arrays.sort(all);
        long slowest = all[(int) (all.length * share)];
        double[] first = notAbove(slowest, nanos[0]);
        double[] second = notAbove(slowest, nanos[1]);
        double spread = variance(first) / first.length + variance(second) / second.length;
        return (mean(first) - mean(second)) / Math.sqrt(spread);
    }

    private static double[] notAbove(long slowest, long[] nanos) {
        return Arrays.stream(nanos).filter(n -> n <= slowest).asDoubleStream().toArray();
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
        CredentialStore verifiers = TestUsers.store(TestUsers.user("known", RIGHT, ITERATIONS));
        checkSameTime(
                "verifiers, password",
                attempt(verifiers, "known", ALMOST_RIGHT),
                attempt(verifiers, "known", WRONG));

        CredentialStore passwords = TestUsers.passwords("known", RIGHT);
        checkSameTime(
                "passwords, password",
                attempt(passwords, "known", ALMOST_RIGHT),
                attempt(passwords, "known", WRONG));
    }

    /** The same work around it, and a comparison like memcached's was. */
    @Test
    void comparisonThatStopsEarly_isNoticed() {
        CredentialStore passwords = TestUsers.passwords("known", RIGHT);
        double t =
                largestT(
                        "early end",
                        () -> isRefusedEarly(passwords, ALMOST_RIGHT),
                        () -> isRefusedEarly(passwords, WRONG));
        assertThat(t).as("seed %d", seed).isGreaterThan(SIGNIFICANT);
    }

    private static boolean isRefusedEarly(CredentialStore store, String password) {
        boolean same = password.length() == RIGHT.length();
        for (int i = 0; same && i < RIGHT.length(); i++) {
            same = RIGHT.charAt(i) == password.charAt(i);
        }
        return !same && store.checkPassword("known", password) == null;
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
