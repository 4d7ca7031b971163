/** The classic text and meta protocols of memcached. */
@NullMarked
package io.memring.protocol.text;

import org.jspecify.annotations.NullMarked;
