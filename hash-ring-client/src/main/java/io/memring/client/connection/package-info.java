/**
 * One multiplexed connection per node: requests go out in batches, replies come back in order.
 *
 * <pre>
 *   any thread            event loop of the connection
 *   ──────────            ─────────────────────────────────────────────────────────────
 *   submit ─► RequestQueue ─► encode all that wait ─► one write and flush
 *                             in flight, oldest first ◄── ReplyReader ◄── bytes
 * </pre>
 *
 * <p>Everything of a {@link io.memring.client.connection.NodeConnection} belongs to its event loop
 * but the queue in front of it and the counters that admit requests. A {@link
 * io.memring.client.connection.Request} is the future that its caller waits for; it stays in the
 * order of replies even when its caller has given up, so that a late reply can only ever meet the
 * request it belongs to. In the meta and the binary protocol that is checked once more by an opaque
 * number.
 */
@NullMarked
package io.memring.client.connection;

import org.jspecify.annotations.NullMarked;
