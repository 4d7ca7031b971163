/**
 * The cache engine: stripes of items, and the workers that own them.
 *
 * <pre>
 *   event loop ──► EngineWorker ──► stripe is free: take it, run the command, release it
 *                      │      └───► plain FETCH: read without taking it, check its sequence
 *                      └─ stripe is held: HandOffs ──► ring ──► its owner's HandOffs, and back
 *
 *   Stripe         the life of an item, over HashTable, LruLists and SlabAllocator
 *     operations   FetchOperation, StoreOperation, JoinOperation, DeleteOperation, DeltaOperation
 *     memory       ItemAllocator ──► ChunkSupply ──► Evictor, PageMover
 *     background   StripeUpkeep ──► LruMaintainer, Sweeper, PageMover
 * </pre>
 *
 * <p>There are no threads here: each {@link io.memring.engine.EngineWorker} is driven by the one
 * thread that uses it, which also does the background work of the stripes the worker owns. What
 * belongs to a stripe is changed by whoever holds it and by nobody else.
 */
@NullMarked
package io.memring.engine;

import org.jspecify.annotations.NullMarked;
