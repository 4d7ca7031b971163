/**
 * What caches are used for: reading through, writing through, sessions, forgetting a whole
 * namespace.
 *
 * <p>A {@link io.memring.client.pattern.ReadThrough} never lets many load at once what one can load
 * for all. In a JVM, callers for the same key share one look-up; among JVMs, the node gives a lease
 * to one. What is loaded is stored only over the lease, so that a value that was read before an
 * invalidation cannot be stored after it.
 *
 * <pre>
 *   look up with a lease ──► fresh ─────────────────────► return
 *                       ├──► expiring or stale ─────────► return; the one that won loads anew
 *                       ├──► missing, the lease is ours ► load ─► store over the lease ─► return
 *                       └──► missing, another loads ────► wait, look again; at last load, not store
 * </pre>
 */
@NullMarked
package io.memring.client.pattern;

import org.jspecify.annotations.NullMarked;
