package io.memring.slab;

import java.util.Arrays;

/**
 * The slab classes: which chunk sizes there are, and which class an item of a given size belongs
 * to. Class ids start at 1; 0 means "too large for any class". Immutable.
 */
public final class SlabClassTable {

    /** The engine's finer table ends every step at a size that fills the page, and starts here. */
    static final int FINE_CHUNK_MIN = 48;

    /** Up to this size the finer table steps by the alignment, above by an eighth of the size. */
    static final int FINE_STEP_FROM = 256;

    /** Bytes that memcached's own table adds to the smallest item space for its header. */
    static final int MEMCACHED_ITEM_HEADER = 48;

    /** memcached's limit on the number of classes, the one with id 0 included. */
    static final int MEMCACHED_CLASSES_MAX = 63;

    static final int CLASSES_MAX = 255;

    private static final int LOOKUP_SHIFT = 3;
    private static final int CHUNK_ALIGNMENT = 1 << LOOKUP_SHIFT;

    private final int pageSize;
    private final int[] chunkSizes;
    private final int[] chunksPerPage;

    /** Class id by size in units of the alignment, rounded up. */
    private final byte[] classBySize;

    private SlabClassTable(int pageSize, int[] chunkSizes) {
        this.pageSize = pageSize;
        this.chunkSizes = chunkSizes;
        this.chunksPerPage = new int[chunkSizes.length];
        for (int id = 1; id < chunkSizes.length; id++) {
            chunksPerPage[id] = pageSize / chunkSizes[id];
        }
        this.classBySize = lookup(chunkSizes);
    }

    /**
     * Fine steps, each grown until it fills its page: chunk sizes are the page divided by whole
     * numbers, so that little is lost at the end of a page, and steps are at most an eighth, so
     * that little is lost inside a chunk.
     */
    public static SlabClassTable fine(int pageSize, int chunkMax, int alignment) {
        int[] sizes = new int[CLASSES_MAX + 1];
        int count = 0;
        int size = alignUp(FINE_CHUNK_MIN, alignment);
        while (size < chunkMax) {
            sizes[++count] = size;
            int step = size < FINE_STEP_FROM ? alignment : Math.max(alignment, size / 8);
            size = fillPage(alignUp(size + step, alignment), pageSize, alignment);
        }
        sizes[++count] = chunkMax;
        return new SlabClassTable(pageSize, Arrays.copyOf(sizes, count + 1));
    }

    /**
     * memcached's table: sizes grow by a factor from the header plus {@code chunkSizeMin} up to
     * {@code chunkMax}.
     */
    public static SlabClassTable memcached(
            int pageSize, int chunkMax, int alignment, double growthFactor, int chunkSizeMin) {
        int[] sizes = new int[MEMCACHED_CLASSES_MAX + 1];
        int count = 0;
        int size = MEMCACHED_ITEM_HEADER + chunkSizeMin;
        while (count < MEMCACHED_CLASSES_MAX - 1 && size < chunkMax / growthFactor) {
            size = alignUp(size, alignment);
            sizes[++count] = size;
            size = (int) (size * growthFactor);
        }
        sizes[++count] = chunkMax;
        return new SlabClassTable(pageSize, Arrays.copyOf(sizes, count + 1));
    }

    public int pageSize() {
        return pageSize;
    }

    /** Number of classes, which is the id of the largest. */
    public int largestClassId() {
        return chunkSizes.length - 1;
    }

    public int chunkSize(int classId) {
        return chunkSizes[classId];
    }

    /** Bytes of the largest chunk. */
    public int chunkSizeMax() {
        return chunkSizes[chunkSizes.length - 1];
    }

    public int chunksPerPage(int classId) {
        return chunksPerPage[classId];
    }

    /**
     * The first class whose chunks hold {@code size} bytes; {@code size} is at most {@link
     * #chunkSizeMax()}.
     */
    public int classOf(int size) {
        return classBySize[(size + CHUNK_ALIGNMENT - 1) >>> LOOKUP_SHIFT] & 0xff;
    }

    private static byte[] lookup(int[] chunkSizes) {
        int max = chunkSizes[chunkSizes.length - 1];
        byte[] classes = new byte[(max + CHUNK_ALIGNMENT - 1 >>> LOOKUP_SHIFT) + 1];
        int id = 1;
        for (int i = 0; i < classes.length; i++) {
            while (chunkSizes[id] < Math.min(max, i << LOOKUP_SHIFT)) {
                id++;
            }
            classes[i] = (byte) id;
        }
        return classes;
    }

    private static int fillPage(int size, int pageSize, int alignment) {
        int perPage = Math.max(1, pageSize / size);
        return Math.max(size, pageSize / perPage & -alignment);
    }

    private static int alignUp(int size, int alignment) {
        return size + alignment - 1 & -alignment;
    }
}
