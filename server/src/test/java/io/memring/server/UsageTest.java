package io.memring.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text behind {@code -h}, and what the launcher knows about flags, agree with the flags there
 * are.
 */
class UsageTest {

    /** Long names that a text may not hold: memcached's test suite takes them for features. */
    private static final Set<String> UNMENTIONED = Set.of("--enable-sasl");

    private static final Pattern LONG_NAME = Pattern.compile("--[a-z-]+");

    private final String usage = read("usage.txt");

    @ParameterizedTest
    @EnumSource(Flag.class)
    void usage_everyFlag_isMentioned(Flag flag) {
        assertThat(flag.names())
                .allSatisfy(
                        name -> {
                            if (!UNMENTIONED.contains(name)) {
                                assertThat(usage).containsPattern("(?m)[ ]" + name + "\\b");
                            }
                        });
    }

    @Test
    void usage_everyLongNameInIt_isAFlag() {
        Set<String> names =
                Arrays.stream(Flag.values())
                        .flatMap(flag -> flag.names().stream())
                        .collect(Collectors.toSet());

        assertThat(longNames(usage)).isSubsetOf(names);
    }

    @ParameterizedTest
    @EnumSource(ExtendedOption.class)
    void usage_everyExtendedOptionToBeHad_isMentioned(ExtendedOption option) {
        String positive = option.key().replaceFirst("^no_", "");

        if (option.support() == Support.WORKS || option.support() == Support.IGNORED) {
            assertThat(usage).containsPattern("\\b(no_)?" + positive + "\\b");
        }
    }

    /** memcached's test suite finds out by these words what a server can do. */
    @ParameterizedTest
    @ValueSource(strings = {"ext_path", "proxy_config", "no_drop_privileges", "memcached 1.1."})
    void usage_wordsForWhatIsNotThere_areMissing(String word) {
        assertThat(usage).doesNotContainIgnoringCase(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unix-socket", "enable-ssl"})
    void usage_wordsForWhatIsThere_areIn(String word) {
        assertThat(usage).contains(word);
    }

    @Test
    void usage_firstLine_isTheVersion() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        Matcher version = Pattern.compile("<version>(.*?)</version>").matcher(pom);

        assertThat(version.find()).isTrue();
        assertThat(usage.lines().findFirst())
                .hasValue(
                        "memring "
                                + version.group(1)
                                + " (speaks as memcached "
                                + NodeControl.VERSION
                                + ")");
    }

    @Test
    void license_isThere() {
        assertThat(read("license.txt")).contains("Apache License");
    }

    @Test
    void launcher_flagsWithValue_areTheNodes() throws IOException {
        String launcher = Files.readString(Path.of("../memring"));
        Matcher letters = Pattern.compile("\\[([a-zA-Z]+)]\\)").matcher(launcher);
        assertThat(letters.find()).isTrue();

        List<Flag> withValue = Arrays.stream(Flag.values()).filter(Flag::takesValue).toList();
        assertThat(letters.group(1).chars().mapToObj(c -> "-" + (char) c))
                .containsExactlyInAnyOrderElementsOf(
                        withValue.stream()
                                .map(flag -> flag.names().getFirst())
                                .filter(name -> name.length() == 2)
                                .toList());
        assertThat(longNames(launcher))
                .containsAll(
                        withValue.stream()
                                .map(flag -> flag.names().getLast())
                                .filter(name -> name.startsWith("--"))
                                .toList());
    }

    private static Set<String> longNames(String text) {
        return LONG_NAME
                .matcher(text)
                .results()
                .map(result -> result.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(String resource) {
        try (InputStream in = UsageTest.class.getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(resource, e);
        }
    }
}
