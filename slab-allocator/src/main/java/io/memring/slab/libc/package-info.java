/** Calls of functions of the C library, for memory here and for sockets and threads elsewhere. */
@NullMarked
package io.memring.slab.libc;

import org.jspecify.annotations.NullMarked;
