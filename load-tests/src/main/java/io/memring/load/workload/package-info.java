/**
 * What is asked of a server: which command, under which key, with which value. Nothing here knows a
 * protocol or a network; a load thread owns a {@link io.memring.load.workload.RequestSource} and
 * draws one {@link io.memring.load.workload.Request} after the other from it, without allocation.
 *
 * <pre>
 *  CommandMix ─┐
 *  KeyPicker  ─┼─► RequestSource ─► Request (kind, key number, value length, ttl)
 *  ValueSizes ─┤                       │ KeySpace   key number ↔ bytes of the key
 *  Ttls       ─┘                       └ ValueText  the bytes of a value, which verify themselves
 * </pre>
 *
 * <p>Everything random comes from generators that are seeded by the run's seed.
 */
@NullMarked
package io.memring.load.workload;

import org.jspecify.annotations.NullMarked;
