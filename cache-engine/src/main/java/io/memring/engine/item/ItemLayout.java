package io.memring.engine.item;

/**
 * Where the parts of an item are; the only offsets in the program.
 *
 * <pre>
 * offset 0            4            8            12           16                  24
 *        +------------+------------+------------+------------+-------------------+
 *        | hashNext   | lruNext    | lruPrevious| expiresAt  | casUnique         |
 *        +------------+------------+------------+------------+-------------------+
 * offset 24           28           32     34          35           36
 *        +------------+------------+------+-----------+------------+
 *        | lastAccess | valueLength| flags| keyLength | flushEpoch |
 *        +------------+------------+------+-----------+------------+
 * offset 36
 *        +------------+---------------------+-----+---------+
 *        | nextChunk  | clientFlags         | key | value … |
 *        | if CHUNKED | if HAS_CLIENT_FLAGS |     |         |
 *        +------------+---------------------+-----+---------+
 * </pre>
 *
 * <p>A value that does not fit a chunk of the largest class goes on in continuation chunks, of the
 * largest class but for the last, which is fitted. They have a header of the same size, so that
 * whoever walks a page finds the flags of every chunk in the same place:
 *
 * <pre>
 * offset 0          4          8          12     28         32         34     36
 *        +----------+----------+----------+------+----------+----------+------+----------------+
 *        | next     |          | previous |      | bytes    | flags    |      | value,         |
 *        | Chunk    |          | Chunk    |      | here     |          |      | continued …    |
 *        +----------+----------+----------+------+----------+----------+------+----------------+
 * </pre>
 *
 * <p>Of a free chunk only the first four bytes (the allocator's list) and the flags, which are 0,
 * mean anything. Invariants: LINKED ⇔ reachable from the hash table and in one LRU list; LINKED and
 * RESERVED exclude each other; a continuation is LINKED or RESERVED like its head. Times are the
 * engine clock's seconds; all numbers are native order.
 */
public final class ItemLayout {

    public static final int HASH_NEXT = 0;
    public static final int LRU_NEXT = 4;
    public static final int LRU_PREVIOUS = 8;
    public static final int EXPIRES_AT = 12;
    public static final int CAS_UNIQUE = 16;
    public static final int LAST_ACCESS = 24;
    public static final int VALUE_LENGTH = 28;
    public static final int FLAGS = 32;
    public static final int KEY_LENGTH = 34;
    public static final int FLUSH_EPOCH = 35;

    /** Bytes before the optional fields. */
    public static final int HEADER_SIZE = 36;

    /** Present if {@link #CHUNKED}; the client flags come after it. */
    public static final int NEXT_CHUNK = HEADER_SIZE;

    public static final int NEXT_CHUNK_SIZE = 4;
    public static final int CLIENT_FLAGS_SIZE = 4;

    /**
     * Continuation chunks: the chunk after, the one before (the head item for the first), the bytes
     * held.
     */
    public static final int CONTINUATION_NEXT = HASH_NEXT;

    public static final int CONTINUATION_PREVIOUS = LRU_PREVIOUS;
    public static final int CONTINUATION_LENGTH = VALUE_LENGTH;

    /** The longest key. */
    public static final int KEY_LENGTH_MAX = 250;

    /** No item. */
    public static final int NO_ITEM = 0;

    // Flags. None at all: the chunk is free.

    public static final int LINKED = 1;

    /**
     * Taken for a value that is still arriving, or about to be linked; never evicted and never
     * moved.
     */
    public static final int RESERVED = 1 << 1;

    /** Hit at least once. */
    public static final int FETCHED = 1 << 2;

    /** Hit again since; earns a round in WARM. */
    public static final int ACTIVE = 1 << 3;

    /** Somebody has won the right to recache. */
    public static final int TOKEN_SENT = 1 << 4;

    public static final int STALE = 1 << 5;
    public static final int KEY_BINARY = 1 << 6;
    public static final int HAS_CLIENT_FLAGS = 1 << 7;

    /** The value goes on in other chunks. */
    public static final int CHUNKED = 1 << 8;

    /** Not an item but a chunk that continues one. */
    public static final int CONTINUATION = 1 << 9;

    static final int SEGMENT_SHIFT = 10;
    static final int SEGMENT_MASK = 3 << SEGMENT_SHIFT;

    /** Flags that a copy of the item with another value keeps. */
    public static final int KEPT_BY_COPY = KEY_BINARY | HAS_CLIENT_FLAGS;

    private static final int CLIENT_FLAGS_TO_SIZE = 5;
    private static final int CHUNKED_TO_SIZE = 6;

    private ItemLayout() {}

    /** Offset of the key. */
    static int keyOffset(int flags) {
        return HEADER_SIZE + optionalSize(flags);
    }

    /** Bytes of the optional fields, computed without a branch. */
    static int optionalSize(int flags) {
        return ((flags & HAS_CLIENT_FLAGS) >>> CLIENT_FLAGS_TO_SIZE)
                + ((flags & CHUNKED) >>> CHUNKED_TO_SIZE);
    }
}
