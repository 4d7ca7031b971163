package io.memring.engine.item;

import static io.memring.engine.item.ItemLayout.CAS_UNIQUE;
import static io.memring.engine.item.ItemLayout.CHUNKED;
import static io.memring.engine.item.ItemLayout.CLIENT_FLAGS_SIZE;
import static io.memring.engine.item.ItemLayout.EXPIRES_AT;
import static io.memring.engine.item.ItemLayout.FLAGS;
import static io.memring.engine.item.ItemLayout.FLUSH_EPOCH;
import static io.memring.engine.item.ItemLayout.HASH_NEXT;
import static io.memring.engine.item.ItemLayout.HAS_CLIENT_FLAGS;
import static io.memring.engine.item.ItemLayout.KEY_LENGTH;
import static io.memring.engine.item.ItemLayout.LAST_ACCESS;
import static io.memring.engine.item.ItemLayout.LRU_NEXT;
import static io.memring.engine.item.ItemLayout.LRU_PREVIOUS;
import static io.memring.engine.item.ItemLayout.NEXT_CHUNK;
import static io.memring.engine.item.ItemLayout.SEGMENT_MASK;
import static io.memring.engine.item.ItemLayout.SEGMENT_SHIFT;
import static io.memring.engine.item.ItemLayout.VALUE_LENGTH;

import io.memring.slab.SlabMemory;

/** Reads and writes the fields of the item at an address. */
public final class Item {

    private Item() {}

    public static int hashNext(long item) {
        return SlabMemory.getInt(item + HASH_NEXT);
    }

    public static void setHashNext(long item, int handle) {
        SlabMemory.putInt(item + HASH_NEXT, handle);
    }

    static int lruNext(long item) {
        return SlabMemory.getInt(item + LRU_NEXT);
    }

    static void setLruNext(long item, int handle) {
        SlabMemory.putInt(item + LRU_NEXT, handle);
    }

    public static int lruPrevious(long item) {
        return SlabMemory.getInt(item + LRU_PREVIOUS);
    }

    static void setLruPrevious(long item, int handle) {
        SlabMemory.putInt(item + LRU_PREVIOUS, handle);
    }

    /** Second at which the item dies; 0 for never. */
    public static int expiresAt(long item) {
        return SlabMemory.getInt(item + EXPIRES_AT);
    }

    public static void setExpiresAt(long item, int seconds) {
        SlabMemory.putInt(item + EXPIRES_AT, seconds);
    }

    public static long casUnique(long item) {
        return SlabMemory.getLong(item + CAS_UNIQUE);
    }

    public static void setCasUnique(long item, long casUnique) {
        SlabMemory.putLong(item + CAS_UNIQUE, casUnique);
    }

    public static int lastAccess(long item) {
        return SlabMemory.getInt(item + LAST_ACCESS);
    }

    public static void setLastAccess(long item, int seconds) {
        SlabMemory.putInt(item + LAST_ACCESS, seconds);
    }

    /** Bytes of the whole value, in all its chunks. */
    public static int valueLength(long item) {
        return SlabMemory.getInt(item + VALUE_LENGTH);
    }

    public static void setValueLength(long item, int length) {
        SlabMemory.putInt(item + VALUE_LENGTH, length);
    }

    public static int flags(long item) {
        return SlabMemory.getShort(item + FLAGS);
    }

    public static void setFlags(long item, int flags) {
        SlabMemory.putShort(item + FLAGS, (short) flags);
    }

    public static int keyLength(long item) {
        return SlabMemory.getByte(item + KEY_LENGTH) & 0xff;
    }

    static void setKeyLength(long item, int length) {
        SlabMemory.putByte(item + KEY_LENGTH, (byte) length);
    }

    /** Low byte of the flush epoch in which the item was linked. */
    public static byte flushEpoch(long item) {
        return SlabMemory.getByte(item + FLUSH_EPOCH);
    }

    public static void setFlushEpoch(long item, byte epoch) {
        SlabMemory.putByte(item + FLUSH_EPOCH, epoch);
    }

    /** The first continuation of a chunked item. */
    public static int nextChunk(long item) {
        return SlabMemory.getInt(item + NEXT_CHUNK);
    }

    static void setNextChunk(long item, int handle) {
        SlabMemory.putInt(item + NEXT_CHUNK, handle);
    }

    /** The client's flags; 0 where the item has no field for them. */
    public static int clientFlags(long item, int flags) {
        return (flags & HAS_CLIENT_FLAGS) == 0
                ? 0
                : SlabMemory.getInt(clientFlagsAddress(item, flags));
    }

    static void setClientFlags(long item, int flags, int clientFlags) {
        SlabMemory.putInt(clientFlagsAddress(item, flags), clientFlags);
    }

    public static long keyAddress(long item, int flags) {
        return item + ItemLayout.keyOffset(flags);
    }

    /** Where the value, or its part in the first chunk, begins. */
    public static long valueAddress(long item, int flags) {
        return keyAddress(item, flags) + keyLength(item);
    }

    /** Bytes of header, key and value, without the headers of continuations. */
    public static int totalSize(long item) {
        int flags = flags(item);
        return ItemLayout.keyOffset(flags) + keyLength(item) + valueLength(item);
    }

    /** LRU segment, a constant of {@link LruSegment}. */
    public static int segment(int flags) {
        return (flags & SEGMENT_MASK) >>> SEGMENT_SHIFT;
    }

    public static int withSegment(int flags, int segment) {
        return flags & ~SEGMENT_MASK | segment << SEGMENT_SHIFT;
    }

    private static long clientFlagsAddress(long item, int flags) {
        return keyAddress(item, flags) - CLIENT_FLAGS_SIZE;
    }

    /** The item is a chain of chunks. */
    public static boolean isChunked(int flags) {
        return (flags & CHUNKED) != 0;
    }
}
