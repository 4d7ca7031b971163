/**
 * The client's side of the three protocols, as little of it as a load needs: requests are encoded
 * straight into the bytes to send, replies are read in place. Nothing is allocated for either. Each
 * {@link io.memring.load.wire.Protocol} has no state and serves all threads.
 *
 * <pre>
 *  Request ─► Protocol.encode ─► Bytes ─► …network… ─► Protocol.parse ─► ReplySink
 * </pre>
 *
 * <p>Replies come in the order of requests, so the sink knows which request is next.
 */
@NullMarked
package io.memring.load.wire;

import org.jspecify.annotations.NullMarked;
