/**
 * Connections and the workers that run them. A connection belongs to one {@link Worker} (one event
 * loop thread) for life, and everything here is touched by that thread only; other threads reach a
 * worker through its event loop's task queue and its counters. Where workers run is looked after
 * from outside ({@link WorkerPinning}).
 */
@NullMarked
package io.memring.server.connection;

import org.jspecify.annotations.NullMarked;
