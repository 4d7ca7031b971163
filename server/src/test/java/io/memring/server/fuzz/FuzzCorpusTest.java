package io.memring.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.server.wire.TranscriptInputs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.util.List;

/** Plays again what fuzzing has found, and what the transcripts offer, for every target. */
final class FuzzCorpusTest {

    @ParameterizedTest
    @EnumSource
    void keptInputs_areHandled(FuzzTarget target) throws IOException {
        List<byte[]> inputs = FuzzCorpus.of(target);
        assertThat(inputs).isNotEmpty();
        for (byte[] input : inputs) {
            play(target, input);
        }
    }

    @Test
    void transcripts_areHandled() throws IOException {
        for (byte[] input : TranscriptInputs.text()) {
            play(FuzzTarget.TEXT, input);
        }
        for (byte[] input : TranscriptInputs.meta()) {
            play(FuzzTarget.TEXT, input);
            play(FuzzTarget.META, input);
        }
        for (byte[] input : TranscriptInputs.binary()) {
            play(FuzzTarget.BINARY, input);
        }
    }

    private static void play(FuzzTarget target, byte[] input) {
        try {
            target.test(input);
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(target + ": " + FuzzCorpus.format(input), failure);
        }
    }

    @Test
    void line_ofAnyBytes_comesBack() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        String line = FuzzCorpus.format(all);
        assertThat(line).matches("[ -~]*");
        assertThat(FuzzCorpus.parse(line)).isEqualTo(all);
    }
}
