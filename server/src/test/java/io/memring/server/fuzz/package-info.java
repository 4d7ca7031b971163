/**
 * Targets for coverage-guided fuzzing, each a class with a method {@code fuzzerTestOneInput}, and
 * what they share. {@code bin/fuzz} runs one of them; {@link io.memring.server.fuzz.FuzzCorpusTest}
 * replays what was found.
 */
@NullMarked
package io.memring.server.fuzz;

import org.jspecify.annotations.NullMarked;
