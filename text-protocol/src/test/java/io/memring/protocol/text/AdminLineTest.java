package io.memring.protocol.text;

import static io.memring.protocol.text.Transcript.assertDecodes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands without a key. */
class AdminLineTest {
    private static final String BAD_LINE = "INVALID CLIENT_ERROR bad command line format";
    private static final String BAD_EXPTIME = "INVALID CLIENT_ERROR invalid exptime argument";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stats | STATS []",
                "stats noreply | STATS [noreply]",
                "stats cachedump 1 0 | STATS [cachedump, 1, 0]",
                "version | VERSION",
                "version noreply | VERSION",
                "quit | QUIT",
                "quit x | QUIT",
                "mn x | META_NOOP",
                "watch fetchers evictions | WATCH [fetchers, evictions]",
                "shutdown | SHUTDOWN []",
                "shutdown foo | SHUTDOWN [foo]",
                "shutdown noreply | SHUTDOWN [noreply] noreply",
                "cache_memlimit 64 | CACHE_MEMLIMIT [64]",
                "cache_memlimit 64 noreply | CACHE_MEMLIMIT [64, noreply] noreply",
                "debugtime 10 | DEBUGTIME [10]",
                "lru tune 10 25 0.1 2.0 | LRU [tune, 10, 25, 0.1, 2.0]",
                "lru_crawler metadump all | LRU_CRAWLER [metadump, all]",
                "refresh_certs | REFRESH_CERTS []",
                "extstore item_size 512 | EXTSTORE [item_size, 512]",
                "slabs | SLABS []",
                "slabs reassign 1 2 | SLABS [reassign, 1, 2]",
            })
    void command_withTokens_isRecognised(String line, String expected) {
        assertDecodes(line + "\r\nmn\r\n", expected, "META_NOOP");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "flush_all | FLUSH_ALL exptime=0",
                "flush_all noreply | FLUSH_ALL exptime=0 noreply",
                "flush_all 10 | FLUSH_ALL exptime=10",
                "flush_all -10 noreply | FLUSH_ALL exptime=-10 noreply",
                "flush_all 1 2 3 | FLUSH_ALL exptime=1",
            })
    void flushAll_withDelay_isRead(String line, String expected) {
        assertDecodes(line + "\r\n", expected);
        assertDecodes("   " + line + "\r\n", expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid", "2147483648", "1x", "noreply x"})
    void flushAll_badDelay_isRefused(String delay) {
        assertDecodes("flush_all " + delay + "\r\n", BAD_EXPTIME);
        assertDecodes("flush_all " + delay + " noreply\r\n", BAD_EXPTIME + " noreply");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2 3", "4294967295", "00000000001"})
    void verbosity_number_isRecognised(String level) {
        String tokens = level.replace(" ", ", ");
        assertDecodes("verbosity " + level + "\r\n", "VERBOSITY [" + tokens + "]");
        assertDecodes(
                " verbosity " + level + " noreply\r\n",
                "VERBOSITY [" + tokens + ", noreply] noreply");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "4294967296", "000000000001", "1x"})
    void verbosity_noNumber_isRefused(String level) {
        assertDecodes("verbosity " + level + "\r\n", BAD_LINE);
        assertDecodes("verbosity " + level + " noreply\r\n", BAD_LINE + " noreply");
    }

    @Test
    void verbosity_onlyNoreply_isRefusedSilently() {
        assertDecodes("verbosity noreply\r\n", BAD_LINE + " noreply");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "slabs automove | SLABS [automove]",
                "slabs automove 1 | SLABS [automove, 1]",
                "slabs auto 5 | SLABS [auto, 5]",
                "slabs automove ratio 0.8 | SLABS [automove, ratio, 0.8]",
                "slabs automove r | SLABS [automove, r]",
                "slabs automove freeratio | SLABS [automove, freeratio]",
                "slabs automove window 10 | SLABS [automove, window, 10]",
                "slabs automove x | INVALID CLIENT_ERROR bad command line format",
                "slabs a -1 | INVALID CLIENT_ERROR bad command line format",
                "slabs automove windowx | INVALID CLIENT_ERROR bad command line format",
            })
    void slabsAutomove_levelThatIsNoNumber_isRefused(String line, String expected) {
        assertDecodes(line + "\r\n", expected);
    }
}
