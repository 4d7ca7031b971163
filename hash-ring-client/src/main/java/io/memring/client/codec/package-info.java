/**
 * How values become bytes and client flags, and back.
 *
 * <p>The flags that our codecs write say what is stored, so that a value that was written by
 * another codec is told, not misread:
 *
 * <pre>
 *    31      24 23            13  12  11    8 7       0
 *   +----------+----------------+---+--------+---------+
 *   | 0x4D 'M' | 0              | N | packed | codec   |   N: remembers that there is no value
 *   +----------+----------------+---+--------+---------+   packed: 0 as it is, 1 deflate, 2 gzip
 * </pre>
 */
@NullMarked
package io.memring.client.codec;

import org.jspecify.annotations.NullMarked;
