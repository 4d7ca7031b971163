/**
 * The client: {@link io.memring.client.HashRing} spreads keys over memcached nodes.
 *
 * <pre>{@code
 * try (HashRing cache = HashRing.builder().nodes("cache-a:11211", "cache-b:11211").build()) {
 *     cache.sync().set("greeting", "hello", Ttl.of(Duration.ofMinutes(1)));
 *     Optional<String> greeting = cache.sync().get("greeting");
 * }
 * }</pre>
 *
 * <pre>
 *   SyncCommands, AsyncCommands     typed by a codec; validate, encode, decode
 *        └─► Dispatcher             key ─► ring ─► node
 *               └─► NodeLink        io.memring.client.connection: bytes, order, time, failure
 * </pre>
 *
 * <p>A client has no thread of its own but Netty's event loops. Callers' threads validate and
 * encode; event loops write, read, decode and complete futures. A stage that depends on a future
 * without an executor of its own runs on an event loop and must not block there.
 */
@NullMarked
package io.memring.client;

import org.jspecify.annotations.NullMarked;
