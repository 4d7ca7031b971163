/**
 * Conversations on the wire, kept as data under {@code /wire} and held against a node in several
 * deliveries: whole, byte by byte, cut at random places and pipelined. {@link
 * io.memring.server.wire.TranscriptParser} explains how they are written.
 *
 * <p>With {@code -Dmemring.peer=PROGRAM} the same conversations run against another server that
 * understands memcached's command line, so that every expectation is known to hold there too.
 */
@NullMarked
package io.memring.server.wire;

import org.jspecify.annotations.NullMarked;
