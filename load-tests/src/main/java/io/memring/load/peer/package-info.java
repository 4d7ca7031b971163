/** Servers that do nothing but answer, to find the limits of the load generator and of a node. */
@NullMarked
package io.memring.load.peer;

import org.jspecify.annotations.NullMarked;
