package io.memring.engine;

/**
 * The engine's gauges at one moment, read without stopping anybody: each is right, their sum may be
 * a little off.
 *
 * @param bytes bytes of linked items, headers included
 * @param currItems linked items
 * @param hashPowerLevel power of two of the buckets of all stripes together
 * @param hashBytes bytes of the hash tables
 * @param hashIsExpanding a stripe is growing its table right now
 * @param slabGlobalPagePool pages that belong to no stripe and have been used before
 * @param limitMaxBytes the memory limit
 * @param mallocedBytes bytes of pages that belong to stripes
 * @param openUploads values that have a chunk and are still arriving
 * @param openUploadBytes bytes of their chunks
 */
public record EngineFigures(
        long bytes,
        long currItems,
        int hashPowerLevel,
        long hashBytes,
        boolean hashIsExpanding,
        long slabGlobalPagePool,
        long limitMaxBytes,
        long mallocedBytes,
        long openUploads,
        long openUploadBytes) {}
