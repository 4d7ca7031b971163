package io.memring.server.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What can be fuzzed, by the names that {@code bin/fuzz} knows. */
enum FuzzTarget {
    TEXT(TextFuzzer::fuzzerTestOneInput),
    META(MetaFuzzer::fuzzerTestOneInput),
    BINARY(BinaryFuzzer::fuzzerTestOneInput),
    SASL(SaslFuzzer::fuzzerTestOneInput),
    CREDENTIALS(CredentialFileFuzzer::fuzzerTestOneInput);

    private final Consumer<byte[]> test;

    FuzzTarget(Consumer<byte[]> test) {
        this.test = test;
    }

    void test(byte[] input) {
        test.accept(input);
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static FuzzTarget of(String label) {
        List<FuzzTarget> all = Arrays.asList(values());
        return all.stream()
                .filter(target -> target.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(label + " is none of " + all));
    }
}
