/**
 * The engine of a load run: threads that own connections, and a coordinator that takes them through
 * the phases of the run and adds up what they have counted.
 *
 * <pre>
 *  LoadEngine (coordinator: the thread that calls run)
 *    │  legs ▼                          ▲ ThreadSample, one a second
 *  LoadThread 0 … n   selector, timers, connecting (Connector), reading and writing (Link)
 *    └─ Driver        who sends how much, when: closed loop, open loop (Pacer), bounds
 *         └─ Client   a closed-loop user: one Connection to each node of the ring
 *              └─ Connection   requests in flight (InFlight), replies, follow-ups ─► Recorder
 * </pre>
 *
 * <p>A load thread owns everything below it; nothing there is shared, and nothing allocates per
 * request. Samples are copies. Driver and Connection know no sockets: tests run them by hand, on a
 * clock of their own.
 *
 * <p><b>Closed loop.</b> A client sends as many requests as its pipeline is deep, waits for all the
 * replies, and begins again. <b>Open loop.</b> Requests have times. When the time has come a client
 * with room sends; if all are waiting for replies the request is sent later, but its latency counts
 * from its time, so that a stall is charged to everything that it held up.
 */
@NullMarked
package io.memring.load.engine;

import org.jspecify.annotations.NullMarked;
