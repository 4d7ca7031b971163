package io.memring.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What has once broken memcached has a test here that bears its number: a transcript {@code
 * cve-2009-1255} or {@code commit-17684bfa9}, or a method {@code cve_2009_1255_...} or {@code
 * commit_17684bfa9_...} of a test in any module.
 */
final class CveCoverageTest {
    /** Of 2009 to 2026, all that have a number. */
    private static final List<String> CVES =
            List.of(
                    "2009-1255",
                    "2009-2415",
                    "2010-1152",
                    "2011-4971",
                    "2013-0179",
                    "2013-7239",
                    "2013-7290",
                    "2013-7291",
                    "2016-8704",
                    "2016-8705",
                    "2016-8706",
                    "2017-9951",
                    "2018-1000115",
                    "2018-1000127",
                    "2019-11596",
                    "2019-15026",
                    "2020-10931",
                    "2020-22570",
                    "2021-37519",
                    "2022-48571",
                    "2023-46852",
                    "2023-46853",
                    "2026-47783",
                    "2026-47784",
                    "2026-90698");

    /** memcached's commits that mend what has no number, the youngest first. */
    private static final List<String> COMMITS =
            List.of(
                    "17684bfa9",
                    "152ddb68f",
                    "93b5e10fd",
                    "8b852b61f",
                    "7aa08ac2b",
                    "76dc58c6b",
                    "6ab74b585",
                    "e8364b58b",
                    "e7793811f",
                    "7eeac6e9a",
                    "aa352388a",
                    "3791d9eda",
                    "229cf41be",
                    "9981d748f",
                    "32ea7d8b5",
                    "0240ddee0",
                    "57934a1d0",
                    "221c52162",
                    "d4fd459d6",
                    "28f4abf8e",
                    "96e05b75f",
                    "0e0b0c2d3",
                    "7af02b0c8",
                    "53b4d7423",
                    "8caa4146a",
                    "f75fefa01",
                    "ced9e1730",
                    "e7c7a1089");

    /** What cannot happen here, and why. */
    private static final Map<String, String> NOT_APPLICABLE =
            Map.of(
                    "7aa08ac2b", "there is no external storage whose reads a worker could wait for",
                    "e7793811f", "there are no watchers: case/P04-watch",
                    "7eeac6e9a", "there is no metadump: case/P03-dumps");

    /** Tests that are older than this list and have names that say more than a number. */
    private static final Map<String, String> OTHERWISE_NAMED =
            Map.ofEntries(
                    Map.entry("8b852b61f", "case/L06-endless-get"),
                    Map.entry("e8364b58b", "case/L02-thousands-of-spaces"),
                    Map.entry("aa352388a", "binary/stat-detail-is-off"),
                    Map.entry("32ea7d8b5", "binary/too-large"),
                    Map.entry("221c52162", "s11_pagesMoveBetweenClasses_whileALargeReplyWaits"),
                    Map.entry("28f4abf8e", "classic/values-of-all-sizes"),
                    Map.entry("0e0b0c2d3", "p6_signal_endsWithCodeZero"),
                    Map.entry("7af02b0c8", "s12_flushAndDeleteRaces_showOnlyWholeValues"),
                    Map.entry("53b4d7423", "everyFrame_isAnsweredAsDocumented"),
                    Map.entry("f75fefa01", "newKeys_whileTablesGrow_noneIsLost"),
                    Map.entry("ced9e1730", "a4_stepBeforeAuth_isRefusedWithoutACrash"));

    private static final Pattern METHOD = Pattern.compile("void (\\w+)\\(");

    @Test
    void everyNumber_hasItsTest() throws IOException {
        Set<String> tests = testNames();
        Set<String> missing = new TreeSet<>();
        for (String cve : CVES) {
            if (!hasTest(tests, "cve-" + cve)) {
                missing.add(cve);
            }
        }
        for (String commit : COMMITS) {
            String elsewhere = OTHERWISE_NAMED.getOrDefault(commit, "commit-" + commit);
            if (!NOT_APPLICABLE.containsKey(commit) && !hasTest(tests, elsewhere)) {
                missing.add(commit);
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void exceptions_areOfTheList() {
        assertThat(COMMITS).containsAll(NOT_APPLICABLE.keySet());
        assertThat(COMMITS).containsAll(OTHERWISE_NAMED.keySet());
    }

    private static boolean hasTest(Set<String> tests, String name) {
        String method = name.replace('-', '_');
        return tests.stream().anyMatch(test -> test.contains(name) || test.contains(method));
    }

    /** Transcripts, and the methods of all tests of all modules. */
    private static Set<String> testNames() throws IOException {
        Set<String> names = new TreeSet<>();
        TranscriptTest.all().forEach(transcript -> names.add(transcript.name()));
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            for (Path module : modules.toList()) {
                addMethods(module.resolve("src/test/java"), names);
            }
        }
        return names;
    }

    private static void addMethods(Path sources, Set<String> names) throws IOException {
        if (!Files.isDirectory(sources)) {
            return;
        }
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher method = METHOD.matcher(Files.readString(file));
                while (method.find()) {
                    names.add(method.group(1));
                }
            }
        }
    }
}
