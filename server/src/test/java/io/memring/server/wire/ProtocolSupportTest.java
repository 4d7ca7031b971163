package io.memring.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Holds {@code docs/protocol-support.md} against the conversations that it speaks of. */
final class ProtocolSupportTest {
    /** Where the table of differences begins. */
    private static final String DIFFERENCES = "## Differences";

    /** The name of a conversation, or with an ellipsis the beginning of several. */
    private static final Pattern MENTION =
            Pattern.compile(
                    "`((?:admin|binary|case|classic|cve|exptime|flush|framing|meta|stats)/[\\w-]*…?)`");

    private final String page;
    private final List<Transcript> transcripts;

    ProtocolSupportTest() throws IOException {
        page = Files.readString(Path.of("..", "docs", "protocol-support.md"));
        transcripts = TranscriptTest.all();
    }

    @Test
    void everyConversation_isMentioned() {
        assertThat(unmentioned(transcripts, page)).isEmpty();
    }

    @Test
    void everyDifference_isListed() {
        List<Transcript> differing =
                transcripts.stream().filter(transcript -> transcript.differs() != null).toList();
        assertThat(unmentioned(differing, page.substring(page.indexOf(DIFFERENCES)))).isEmpty();
    }

    @Test
    void everyMention_isOfAConversation() {
        List<String> names = transcripts.stream().map(Transcript::name).toList();
        assertThat(mentions(page))
                .allSatisfy(mention -> assertThat(names).anyMatch(name -> means(mention, name)));
    }

    private static List<String> unmentioned(List<Transcript> transcripts, String text) {
        List<String> mentions = mentions(text);
        return transcripts.stream()
                .map(Transcript::name)
                .filter(name -> mentions.stream().noneMatch(mention -> means(mention, name)))
                .toList();
    }

    private static List<String> mentions(String text) {
        return MENTION.matcher(text).results().map(match -> match.group(1)).toList();
    }

    private static boolean means(String mention, String name) {
        return mention.endsWith("…")
                ? name.startsWith(mention.substring(0, mention.length() - 1))
                : name.equals(mention);
    }
}
