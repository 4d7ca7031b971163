package io.memring.engine;

/**
 * One slab class at one moment, over all stripes, read without stopping anybody: each figure is
 * right or a moment late, their sums may be a little off.
 *
 * @param slabClassId 1 and up
 * @param chunkSize bytes
 * @param chunksPerPage chunks that a page is cut into
 * @param pages pages that the class has
 * @param freeChunks chunks without an item
 * @param hotItems items in HOT, and so on
 * @param itemBytes bytes of the class's items, headers included
 * @param hotAgeSeconds seconds since the last item of HOT was accessed, and so on; 0 without items
 * @param evicted items evicted since the last reset
 * @param evictedNonzero those among them that had an expiry time
 * @param evictedAgeSeconds how long the item evicted last had not been accessed
 */
public record ClassFigures(
        int slabClassId,
        int chunkSize,
        int chunksPerPage,
        int pages,
        long freeChunks,
        long hotItems,
        long warmItems,
        long coldItems,
        long temporaryItems,
        long itemBytes,
        int hotAgeSeconds,
        int warmAgeSeconds,
        int coldAgeSeconds,
        long evicted,
        long evictedNonzero,
        int evictedAgeSeconds) {

    public long items() {
        return hotItems + warmItems + coldItems + temporaryItems;
    }

    public long chunks() {
        return (long) pages * chunksPerPage;
    }
}
