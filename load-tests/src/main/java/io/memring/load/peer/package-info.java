/** A server that does nothing but answer, to find the limits of the load generator. */
@NullMarked
package io.memring.load.peer;

import org.jspecify.annotations.NullMarked;
