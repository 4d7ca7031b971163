/**
 * Benchmarks of the engine, the protocols and the client, without sockets: what a request costs
 * before the kernel has its share. Run them with {@code -prof gc}: a request of a node allocates
 * nothing in steady state.
 */
@NullMarked
package io.memring.load.jmh;

import org.jspecify.annotations.NullMarked;
