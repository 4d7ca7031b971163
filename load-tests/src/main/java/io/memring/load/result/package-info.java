/**
 * What a load run yields: immutable records, and the interface through which they are delivered
 * while it lasts. The engine writes them, reports read them, and neither knows the other.
 *
 * <pre>
 *  engine ──► LoadObserver: onStart(RunSetup), onPhase(Phase), onInterval(Interval) …,
 *                           onFinish(LoadResult)
 *
 *  LoadResult
 *  ├─ RunSetup            what was asked for: nodes, protocol, loop, bounds, seed, and the rest
 *  ├─ Interval 0 … n      about one second each, of every phase, in order
 *  │  └─ CommandFigures   per CommandKind: counts and Latencies
 *  ├─ Totals              the same, over the MEASURE phase alone
 *  ├─ NodeFigures         per node: stats before and after that phase, CPU time
 *  ├─ GeneratorFigures    what the run cost its own threads, and whether they were the limit
 *  ├─ Ramp                the steps of a ramp and its knee, if there was one
 *  └─ Note …              what a reader of the figures must know
 * </pre>
 *
 * <p>Latencies are nanoseconds, each set of them in a {@link io.memring.load.result.Latencies},
 * which is an HdrHistogram in its encoded form: small and immutable. In the open loop a latency
 * counts from the time at which the request was meant to be sent (so a stalled server is charged
 * for all requests that it held up), in the closed loop from when it was sent.
 *
 * <p>Whoever implements {@link io.memring.load.result.LoadObserver} is called by one thread, which
 * sends no requests: it may take its time, up to a second or so.
 */
@NullMarked
package io.memring.load.result;

import org.jspecify.annotations.NullMarked;
