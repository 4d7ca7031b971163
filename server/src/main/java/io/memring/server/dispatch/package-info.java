/**
 * Marries the protocols to the engine: one exhaustive switch per protocol turns a decoded request
 * into a {@link io.memring.engine.command.Command} and its outcome into a reply.
 *
 * <pre>
 *  input bytes ─► ProtocolSession.step ─► decoder ─► Command ─► EngineWorker.execute
 *                                                                   │ done       │ handed off
 *  ReplyBuffer ◄── encoder ◄── outcome ◄────────────────────────────┘            │
 *        ▲                                                                       │
 *        └────────────── ProtocolSession.resume ◄── owner's completion ◄─────────┘
 * </pre>
 *
 * Everything here runs on the connection's worker thread; nothing knows channels or event loops.
 */
@NullMarked
package io.memring.server.dispatch;

import org.jspecify.annotations.NullMarked;
