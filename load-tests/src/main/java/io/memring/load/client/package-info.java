/**
 * Measures clients side by side: operations per second, the client's CPU time per operation, and
 * latency at a given rate.
 *
 * <pre>
 *   ClientBench ──starts──► nodes (any server program)
 *        └───────forks────► ClientBenchRun: one client, one workload, a JVM of their own
 *                              └─ ClosedLoop or OpenLoop ─► Subject: the client under test
 * </pre>
 *
 * <p>A driver and not JMH, because the figure that counts is the CPU time of everything that a
 * client does for an operation, on all its threads, the garbage collector's among them: that is the
 * CPU time of its process, and no part of a method's duration.
 */
@NullMarked
package io.memring.load.client;

import org.jspecify.annotations.NullMarked;
