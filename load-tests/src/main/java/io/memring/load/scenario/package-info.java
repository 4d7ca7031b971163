/**
 * Scenarios: small YAML files whose entries are the long options of {@code memring load} without
 * their dashes. The ready ones are resources beside this package.
 */
@NullMarked
package io.memring.load.scenario;

import org.jspecify.annotations.NullMarked;
