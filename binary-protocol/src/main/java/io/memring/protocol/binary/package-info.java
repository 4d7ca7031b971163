/** The binary protocol of memcached; its turn comes later, nothing is here yet. */
@NullMarked
package io.memring.protocol.binary;

import org.jspecify.annotations.NullMarked;
