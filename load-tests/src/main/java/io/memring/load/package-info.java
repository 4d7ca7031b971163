/** The load harness and benchmarks. */
@NullMarked
package io.memring.load;

import org.jspecify.annotations.NullMarked;
