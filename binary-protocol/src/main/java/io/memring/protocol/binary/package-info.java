/**
 * The binary protocol of memcached. Requests and replies are frames with the same header:
 *
 * <pre>
 *  byte 0        1        2        3        4        5        6        7
 *       +--------+--------+--------+--------+--------+--------+--------+--------+
 *     0 | magic  | opcode | key length      | extras | data   | vbucket of a    |
 *       |        |        |                 | length | type   | request, status |
 *       +--------+--------+--------+--------+--------+--------+--------+--------+
 *     8 | body length: extras + key + value | opaque, echoed                    |
 *       +--------+--------+--------+--------+--------+--------+--------+--------+
 *    16 | CAS unique                                                            |
 *       +--------+--------+--------+--------+--------+--------+--------+--------+
 *    24 | extras …, key …, value …                                              |
 * </pre>
 *
 * All numbers are big-endian and unsigned. Data type and vbucket are ignored. {@link
 * io.memring.protocol.binary.Header} has the only offsets.
 */
@NullMarked
package io.memring.protocol.binary;

import org.jspecify.annotations.NullMarked;
