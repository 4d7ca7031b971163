package io.memring.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Adversarial cases have stable numbers: L for lines, M for meta tokens, V for values, O for
 * resources, P for process and administration, S for scenarios. Each has a transcript or a test
 * method that begins with its number.
 */
final class CaseCoverageTest {
    private static final List<Class<?>> TEST_CLASSES =
            List.of(ResourceCasesTest.class, ProcessCasesTest.class, ScenarioTest.class);

    /** Cases that cannot be brought about on the wire, and where they are tested or why not. */
    private static final Set<String> ELSEWHERE =
            Set.of(
                    "O4", // no reply is allocated per request, so that none can be refused memory
                    "O5", // there is no limit over all connections' buffers, but one for each
                    "S2", // needs a network that loses packets; O9 shows the timer that reclaims
                    "S6", // is O7
                    "S7", // the engine's tests fill rings
                    "S8", // the dispatch and connection tests throw from each place
                    "S9", // the slab allocator's and the engine's tests refuse pages
                    "S14", // the engine's tests own the clock; P9 moves it from outside
                    "S15"); // the load tests run with a small heap

    @Test
    void everyCase_hasItsTest() throws IOException {
        Set<String> missing = new TreeSet<>(cases());
        missing.removeAll(ELSEWHERE);
        TranscriptTest.all().forEach(transcript -> missing.remove(number(transcript.name())));
        TEST_CLASSES.stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .map(Method::getName)
                .forEach(name -> missing.remove(number(name)));
        assertThat(missing).isEmpty();
    }

    private static List<String> cases() {
        return Stream.of(
                        numbered("L", 13),
                        numbered("M", 12),
                        numbered("V", 13),
                        numbered("O", 11),
                        numbered("P", 9),
                        numbered("S", 17))
                .flatMap(names -> names)
                .toList();
    }

    private static Stream<String> numbered(String letter, int last) {
        return IntStream.rangeClosed(1, last).mapToObj(number -> letter + number);
    }

    /** {@code L3} of {@code case/L03-something} and of {@code l3_something}. */
    private static String number(String name) {
        Matcher matcher = Pattern.compile("(?:case/)?([a-zA-Z])0?(\\d+)[-_].*").matcher(name);
        return matcher.matches()
                ? matcher.group(1).toUpperCase(Locale.ROOT) + matcher.group(2)
                : "";
    }
}
