/**
 * Benchmarks of the engine and the text protocol, without sockets: what a request costs before the
 * kernel has its share. Run them with {@code -prof gc}: a request in steady state allocates
 * nothing.
 */
@NullMarked
package io.memring.load.jmh;

import org.jspecify.annotations.NullMarked;
