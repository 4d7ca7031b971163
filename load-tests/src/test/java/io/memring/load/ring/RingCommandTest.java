package io.memring.load.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.client.ring.Node;
import io.memring.client.ring.RingFormat;
import io.memring.client.ring.Rings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What can be said about a ring without talking to its nodes. */
final class RingCommandTest {
    private static final String EIGHT =
            "10.0.1.1,10.0.1.2,10.0.1.3,10.0.1.4,10.0.1.5,10.0.1.6,10.0.1.7,10.0.1.8";

    private final CommandRun command = new CommandRun();

    @Test
    void locate_keys_namesTheirNodes() {
        assertThat(command.run("locate", "-n", EIGHT, "key1", "key2")).isZero();
        assertThat(command.out()).isEqualTo("key1\t10.0.1.1:11211\nkey2\t10.0.1.2:11211\n");
    }

    @Test
    void locate_noKeys_readsThemFromStandardInput() {
        assertThat(command.reading("key1\n\nkey2\n").run("locate", "-n", EIGHT)).isZero();
        assertThat(command.out()).isEqualTo("key1\t10.0.1.1:11211\nkey2\t10.0.1.2:11211\n");
    }

    @Test
    void locate_fileOfKeys_readsThem(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("keys"), "key2\n");
        assertThat(command.run("locate", "-n", EIGHT, "-k", file.toString())).isZero();
        assertThat(command.out()).isEqualTo("key2\t10.0.1.2:11211\n");
    }

    @Test
    void locate_json_printsAnObjectPerKey() {
        assertThat(command.run("locate", "-n", "a", "--json", "say\"\\\u0001é")).isZero();
        assertThat(command.out())
                .isEqualTo("{\"key\":\"say\\\"\\\\\\u0001é\",\"node\":\"a:11211\"}\n");
    }

    @Test
    void locate_tag_decidesAboutTheNode() {
        assertThat(command.run("locate", "-n", EIGHT, "--tag", "{}", "a{key2}b")).isZero();
        assertThat(command.out()).endsWith("\t10.0.1.2:11211\n");
    }

    @ParameterizedTest
    @EnumSource(RingFormat.class)
    void locate_format_placesAsTheLibrary(RingFormat format) {
        List<Node> nodes = List.of(Node.parse("one@10.0.0.1"), Node.parse("two@10.0.0.2"));
        String name = format.name().toLowerCase(Locale.ROOT).replace('_', '-');
        assertThat(command.run("fingerprint", "-n", "one@10.0.0.1,two@10.0.0.2", "-f", name))
                .isZero();
        assertThat(command.out()).isEqualTo(format.build(nodes).fingerprint() + "\n");
    }

    @ParameterizedTest
    @CsvSource({"twemproxy, md5", "modulo, crc-32"})
    void locate_otherHash_placesOtherwise(String format, String hash) {
        assertThat(command.run("fingerprint", "-n", EIGHT, "-f", format)).isZero();
        assertThat(command.run("fingerprint", "-n", EIGHT, "-f", format, "--hash", hash)).isZero();
        assertThat(command.out().lines().distinct()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"rendezvous", "jump", "mcrouter", "modulo"})
    void balance_formatsWithoutPoints_areFair(String format) {
        assertThat(command.run("balance", "-n", "a,b", "-f", format)).isZero();
        assertThat(command.out()).containsPattern("fullest +1\\.0").contains("fingerprint");
    }

    @Test
    void balance_weights_areMeasuredByWhatNodesDeserve() {
        assertThat(command.run("balance", "-n", "a,b*3,c*0", "-f", "rendezvous")).isZero();
        assertThat(command.out())
                .containsPattern("a:11211 +1 +\\d+ +2[45]\\.\\d\\d % +(1\\.0|0\\.9)\\d")
                .containsPattern("b:11211 +3 +\\d+ +7[45]\\.\\d\\d % +(1\\.0|0\\.9)\\d")
                .containsPattern("c:11211 +0 +0 +0\\.00 % +-");
    }

    @Test
    void balance_keys_countsThem() {
        assertThat(command.run("balance", "-n", "a", "--json", "x", "y")).isZero();
        assertThat(command.out())
                .isEqualTo(
                        "{\"nodes\":[{\"node\":\"a:11211\",\"weight\":1,\"keys\":2,\"share\":1.0,"
                                + "\"fairness\":1.00}],\"fullest\":1.00,\"emptiest\":1.00,\"keys\":2,"
                                + "\"fingerprint\":\""
                                + Rings.ketama().build(List.of(Node.parse("a"))).fingerprint()
                                + "\"}\n");
    }

    @Test
    void diff_nodeLess_movesItsShareAndNoMore() {
        assertThat(command.run("diff", "-n", "a,b,c", "--to", "a,c", "--json")).isZero();
        assertThat(command.out())
                .contains("{\"from\":\"b:11211\",\"to\":\"a:11211\",")
                .contains("{\"from\":\"b:11211\",\"to\":\"c:11211\",")
                .doesNotContain("\"from\":\"a", "\"from\":\"c")
                .containsPattern("\"moved\":(0\\.\\d+),\"least\":\\1}");
    }

    @Test
    void diff_modulo_movesMoreThanItHadTo() {
        assertThat(command.run("diff", "-n", "a,b,c", "-t", "a,b", "-f", "modulo")).isZero();
        assertThat(command.out())
                .containsPattern("moved +6\\d\\.\\d\\d %")
                .containsPattern("least +3\\d\\.\\d\\d %");
    }

    @Test
    void diff_otherFormat_isCompared() {
        assertThat(command.run("diff", "-n", "a,b", "--to-format", "ketama")).isZero();
        assertThat(command.out()).containsPattern("moved +0\\.00 %");
    }

    @Test
    void diff_list_namesKeysThatMove() {
        assertThat(command.run("diff", "-n", EIGHT, "-t", "10.0.1.2", "-l", "key1", "key2"))
                .isZero();
        assertThat(command.out()).isEqualTo("key1\t10.0.1.1:11211\t10.0.1.2:11211\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "juggle | Unmatched argument at index 0: 'juggle'",
                "diff | say what changes, with --to or --to-format",
                "locate -f round key | unknown format: round (there are: ketama, ",
                "locate --hash md6 key | unknown hash: md6 (there are: md5, ",
                "locate -f jump --hash md5 key | --hash does not go with --format jump",
                "locate --tag { key | --tag takes two characters: {",
                "locate -n a:x key | a node is written [name@]host[:port][*weight]: a:x",
                "locate -n a,a key | a node is named twice: id=a:11211",
                "locate --fast key | Unknown option: '--fast'",
                "get | Missing required parameter: 'KEY'",
                "get --timeout 0 key | --timeout is positive: 0",
                "set key value --ttl -1 | a life is longer than nothing",
            })
    void run_wrongUse_isRefusedInOneLine(String arguments, String complaint) {
        assertThat(command.run(arguments.split(" ", -1))).isEqualTo(64);
        assertThat(command.err()).startsWith("memring ring: " + complaint).hasLineCount(1);
        assertThat(command.out()).isEmpty();
    }

    @Test
    void run_missingFile_isSaidInOneLine() {
        assertThat(command.run("locate", "-k", "/nowhere/keys")).isEqualTo(66);
        assertThat(command.err()).contains("/nowhere/keys").hasLineCount(1);
    }

    @Test
    void run_nothing_explainsItself() {
        assertThat(command.run()).isEqualTo(64);
        assertThat(command.err()).contains("Usage: memring ring", "locate", "balance", "diff");
    }

    @ParameterizedTest
    @CsvSource({"-h", "locate -h", "balance --help", "get -h", "set -h", "status -h"})
    void run_help_isPrinted(String arguments) {
        assertThat(command.run(arguments.split(" ", -1))).isZero();
        assertThat(command.out()).contains("Usage: memring ring", "-h, --help");
    }
}
