package io.memring.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Whether the time that a refusal takes tells something (CVE-2026-47783, CVE-2026-47784).
 *
 * <p>As in "Dude, is my code constant time?" (Reparaz, Balasch, Verbauwhede, 2017): two classes of
 * wrong logins are measured in random order, so that whatever else the machine does meets both
 * alike, and Welch's t says whether their means differ. The slow end of the times is the machine's;
 * how much of it must be left out is not known, so t is computed for several cuts. A comparison
 * that stops at the first difference shows that the method would notice.
 *
 * <p>Where objects happen to lie in memory makes a difference, too, of some nanoseconds, which so
 * many samples show. So each measurement is repeated with another store, other strings and the
 * classes exchanged: only what differs in the same direction each time is a difference of the code.
 */
@Tag("deep")
class TimingTest {
    private static final int REPETITIONS = 9;
    private static final int SAMPLES = 300_000;
    private static final int WARM_UP = 100_000;

    /** The method's bound. */
    private static final double SIGNIFICANT = 4.5;

    /** The shares of all times, the fastest, that are looked at. */
    private static final double[] CUTS = {0.5, 0.7, 0.9, 0.99};

    /** So few that PBKDF2 does not hide what else takes time. */
    private static final int ITERATIONS = 2;

    /**
     * By which a name that a hash table holds may take longer than one that it does not, since it
     * is compared; mostly 3 to 10 were measured, of the 4,000 of a refusal with so few iterations.
     */
    private static final double LOOK_UP_NANOS = 15;

    private static final String RIGHT = "correct horse battery staple";
    private static final String ALMOST_RIGHT = "correct horse battery stapl_";
    private static final String WRONG = "________ _____ _______ _____";

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);

    /** A login that is refused. */
    private interface Attempt {
        boolean isRefused();
    }

    /** Two classes of them, of the same store. */
    private record Classes(Attempt one, Attempt other) {}

    /**
     * Of the mean times of two classes.
     *
     * @param nanos positive where the first takes longer
     * @param t Welch's
     */
    private record Difference(double nanos, double t) {
        Difference negated() {
            return new Difference(-nanos, -t);
        }

        /** 1 or -1; 0 if there is none of more than so much. */
        int direction(double tolerated) {
            return Math.abs(t) > SIGNIFICANT && Math.abs(nanos) > tolerated
                    ? (int) Math.signum(nanos)
                    : 0;
        }

        @Override
        public String toString() {
            return "%.1f (%.0f ns)".formatted(t, nanos);
        }
    }

    private void checkSameTime(String what, double toleratedNanos, Supplier<Classes> logins) {
        assertThat(takeDifferentTimes(what, toleratedNanos, logins))
                .as("%s, seed %d", what, seed)
                .isFalse();
    }

    /**
     * @param logins makes them anew each time, with a store of their own
     */
    private boolean takeDifferentTimes(
            String what, double toleratedNanos, Supplier<Classes> logins) {
        int[] directions = new int[CUTS.length];
        for (int i = 0; i < REPETITIONS; i++) {
            Classes classes = logins.get();
            List<Difference> differences =
                    i % 2 == 0
                            ? compare(classes.one(), classes.other())
                            : negated(compare(classes.other(), classes.one()));
            System.out.printf("%s: t = %s%n", what, differences);
            for (int cut = 0; cut < CUTS.length; cut++) {
                directions[cut] += differences.get(cut).direction(toleratedNanos);
            }
        }
        return Arrays.stream(directions).anyMatch(sum -> Math.abs(sum) == REPETITIONS);
    }

    /** The difference for each cut. */
    private List<Difference> compare(Attempt one, Attempt other) {
        measure(one, other, WARM_UP);
        long[][] nanos = measure(one, other, SAMPLES);
        return Arrays.stream(CUTS).mapToObj(cut -> welch(nanos, cut)).toList();
    }

    private static List<Difference> negated(List<Difference> differences) {
        return differences.stream().map(Difference::negated).toList();
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
    private static Difference welch(long[][] nanos, double share) {
        long[] all = new long[nanos[0].length + nanos[1].length];
        System.arraycopy(nanos[0], 0, all, 0, nanos[0].length);
        System.arraycopy(nanos[1], 0, all, nanos[0].length, nanos[1].length);
        Arrays.sort(all);
        long slowest = all[(int) (all.length * share)];
        double[] first = notAbove(slowest, nanos[0]);
        double[] second = notAbove(slowest, nanos[1]);
        double spread = variance(first) / first.length + variance(second) / second.length;
        double difference = mean(first) - mean(second);
        return new Difference(difference, difference / Math.sqrt(spread));
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

    /** With strings of its own, as if they had just been received. */
    private static Attempt attempt(CredentialStore store, String user, String password) {
        char[] userLetters = user.toCharArray();
        char[] passwordLetters = password.toCharArray();
        return () ->
                store.checkPassword(new String(userLetters), new String(passwordLetters)) == null;
    }

    private static Supplier<Classes> users(
            Supplier<CredentialStore> stores, String one, String other) {
        return () -> {
            CredentialStore store = stores.get();
            return new Classes(attempt(store, one, "wrong"), attempt(store, other, "wrong"));
        };
    }

    private static Supplier<Classes> passwords(Supplier<CredentialStore> stores) {
        return () -> {
            CredentialStore store = stores.get();
            return new Classes(
                    attempt(store, "known", ALMOST_RIGHT), attempt(store, "known", WRONG));
        };
    }

    private static CredentialStore verifiers() {
        return TestUsers.store(TestUsers.user("known", RIGHT, ITERATIONS));
    }

    private static CredentialStore onePassword() {
        return TestUsers.passwords("known", RIGHT);
    }

    @Test
    void cve_2026_47783_unknownUser_takesAsLongAsAKnownOne() {
        checkSameTime(
                "verifiers, user", LOOK_UP_NANOS, users(TimingTest::verifiers, "known", "other"));
        checkSameTime("passwords, user", 0, users(TimingTest::manyPasswords, "known", "other"));
    }

    @Test
    void cve_2026_47783_placeInTheFile_doesNotShow() {
        checkSameTime("passwords, place", 0, users(TimingTest::manyPasswords, "known", "first"));
    }

    @Test
    void cve_2026_47784_almostRightPassword_takesAsLongAsAnyOther() {
        checkSameTime("verifiers, password", 0, passwords(TimingTest::verifiers));
        checkSameTime("passwords, password", 0, passwords(TimingTest::onePassword));
    }

    /** The same work around it, and a comparison like memcached's was. */
    @Test
    void comparisonThatStopsEarly_isNoticed() {
        boolean noticed =
                takeDifferentTimes(
                        "early end",
                        0,
                        () -> {
                            CredentialStore store = onePassword();
                            return new Classes(
                                    () -> isRefusedEarly(store, ALMOST_RIGHT),
                                    () -> isRefusedEarly(store, WRONG));
                        });
        assertThat(noticed).as("seed %d", seed).isTrue();
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
