package io.memring.engine.item;

import static io.memring.engine.item.ItemLayout.HEADER_SIZE;
import static io.memring.engine.item.ItemLayout.NO_ITEM;

import io.memring.engine.command.Upload;
import io.memring.slab.SlabMemory;

/** Reads and writes values, which may go on in continuation chunks. */
public final class ItemValues {

    private final ItemRegion region;

    /** Size of the chunk that a chunked item begins in. */
    private final int chunkSizeMax;

    public ItemValues(ItemRegion region, int chunkSizeMax) {
        this.region = region;
        this.chunkSizeMax = chunkSizeMax;
    }

    /** Bytes of a chunked item's value that its first chunk holds. */
    public int capacityOfHead(int flags, int keyLength) {
        return chunkSizeMax - ItemLayout.keyOffset(flags) - keyLength;
    }

    /**
     * Lets a cursor point to the first byte of an item's value, all of which is still to be
     * written.
     */
    public void beginWrite(int handle, Upload cursor) {
        long item = region.address(handle);
        int flags = Item.flags(item);
        int length = Item.valueLength(item);
        cursor.itemHandle = handle;
        cursor.chunkHandle = handle;
        cursor.remaining = length;
        cursor.writeAddress = Item.valueAddress(item, flags);
        cursor.writeLimit =
                Item.isChunked(flags)
                        ? Math.min(length, capacityOfHead(flags, Item.keyLength(item)))
                        : length;
    }

    /** Appends bytes at the cursor; no more than {@code cursor.remaining}. */
    public void write(Upload cursor, long source, int length) {
        assert length <= cursor.remaining : "length=" + length + " remaining=" + cursor.remaining;
        long from = source;
        int left = length;
        while (left > 0) {
            if (cursor.writeLimit == 0) {
                nextChunk(cursor);
            }
            int part = Math.min(left, cursor.writeLimit);
            SlabMemory.copy(from, cursor.writeAddress, part);
            cursor.writeAddress += part;
            cursor.writeLimit -= part;
            cursor.remaining -= part;
            from += part;
            left -= part;
        }
    }

    /** Appends the whole value of another item at the cursor. */
    public void write(Upload cursor, int sourceHandle) {
        long item = region.address(sourceHandle);
        int flags = Item.flags(item);
        int left = Item.valueLength(item);
        int inHead = left;
        if (Item.isChunked(flags)) {
            inHead = Math.min(left, capacityOfHead(flags, Item.keyLength(item)));
        }
        write(cursor, Item.valueAddress(item, flags), inHead);
        left -= inHead;
        int next = left > 0 ? Item.nextChunk(item) : NO_ITEM;
        while (next != NO_ITEM) {
            long chunk = region.address(next);
            write(cursor, chunk + HEADER_SIZE, continuationLength(chunk));
            next = continuationNext(chunk);
        }
    }

    /**
     * Copies the first {@code length} bytes of an item's value. False: the item contradicts itself,
     * which a reader that does not hold the stripe takes as a sign that it was overtaken.
     */
    public boolean copy(int handle, int length, long destination) {
        long item = region.address(handle);
        int flags = Item.flags(item);
        long value = Item.valueAddress(item, flags);
        if (Item.isChunked(flags)) {
            return copyChain(item, flags, length, destination);
        }
        if (!region.isReadable(value, length)) {
            return false;
        }
        SlabMemory.copy(value, destination, length);
        return true;
    }

    private boolean copyChain(long item, int flags, int length, long destination) {
        int part = Math.min(length, capacityOfHead(flags, Item.keyLength(item)));
        long from = Item.valueAddress(item, flags);
        int next = Item.nextChunk(item);
        int done = 0;
        while (true) {
            if (!region.isReadable(from, part)) {
                return false;
            }
            SlabMemory.copy(from, destination + done, part);
            done += part;
            if (done == length) {
                return true;
            }
            long chunk = region.address(next);
            if (next == NO_ITEM || !region.isReadable(chunk)) {
                return false;
            }
            part = continuationLength(chunk);
            if (part <= 0 || part > length - done) {
                return false;
            }
            from = chunk + HEADER_SIZE;
            next = continuationNext(chunk);
        }
    }

    private void nextChunk(Upload cursor) {
        long current = region.address(cursor.chunkHandle);
        boolean inHead = cursor.chunkHandle == cursor.itemHandle;
        int next = inHead ? Item.nextChunk(current) : continuationNext(current);
        assert next != NO_ITEM : "A chain is shorter than its value: item=" + cursor.itemHandle;
        long chunk = region.address(next);
        cursor.chunkHandle = next;
        cursor.writeAddress = chunk + HEADER_SIZE;
        cursor.writeLimit = continuationLength(chunk);
    }

    /** The chunk after a continuation chunk. */
    public static int continuationNext(long chunk) {
        return SlabMemory.getInt(chunk + ItemLayout.CONTINUATION_NEXT);
    }

    /** The chunk before a continuation chunk; the item itself before the first. */
    public static int continuationPrevious(long chunk) {
        return SlabMemory.getInt(chunk + ItemLayout.CONTINUATION_PREVIOUS);
    }

    static int continuationLength(long chunk) {
        return SlabMemory.getInt(chunk + ItemLayout.CONTINUATION_LENGTH);
    }

    /** Makes a chunk a continuation of the one before, which may be the item itself. */
    public void appendContinuation(int previous, int handle, int length) {
        long chunk = region.address(handle);
        SlabMemory.putInt(chunk + ItemLayout.CONTINUATION_NEXT, NO_ITEM);
        SlabMemory.putInt(chunk + ItemLayout.CONTINUATION_PREVIOUS, previous);
        SlabMemory.putInt(chunk + ItemLayout.CONTINUATION_LENGTH, length);
        Item.setFlags(chunk, ItemLayout.CONTINUATION | ItemLayout.RESERVED);
        setNext(previous, handle);
    }

    /** Lets the neighbours of a continuation that was copied to another place point to the copy. */
    public void continuationRelocated(int newHandle) {
        long chunk = region.address(newHandle);
        setNext(continuationPrevious(chunk), newHandle);
        int next = continuationNext(chunk);
        if (next != NO_ITEM) {
            SlabMemory.putInt(region.address(next) + ItemLayout.CONTINUATION_PREVIOUS, newHandle);
        }
    }

    /**
     * Lets the first continuation of an item that was copied to another place point back to the
     * copy.
     */
    public void headRelocated(int newHandle) {
        int first = Item.nextChunk(region.address(newHandle));
        if (first != NO_ITEM) {
            SlabMemory.putInt(region.address(first) + ItemLayout.CONTINUATION_PREVIOUS, newHandle);
        }
    }

    /** The item that a chunk belongs to: itself, or the one it continues. */
    public int headOf(int handle) {
        int current = handle;
        while ((Item.flags(region.address(current)) & ItemLayout.CONTINUATION) != 0) {
            current = continuationPrevious(region.address(current));
        }
        return current;
    }

    private void setNext(int previous, int next) {
        long chunk = region.address(previous);
        if ((Item.flags(chunk) & ItemLayout.CONTINUATION) != 0) {
            SlabMemory.putInt(chunk + ItemLayout.CONTINUATION_NEXT, next);
        } else {
            Item.setNextChunk(chunk, next);
        }
    }
}
