package io.memring.slab;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import org.jspecify.annotations.Nullable;

import sun.misc.Unsafe;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.util.Set;

/**
 * The one class that touches raw memory: reads, writes, copies and compares at absolute addresses,
 * in native byte order.
 *
 * <p>There are no bounds here. A caller gets its addresses from a {@link MemoryRegion}, or from
 * whoever lent it a buffer, and keeps every access inside; a reader that may see torn data checks
 * offset and length against the region before it follows them.
 *
 * <p>Single values go by {@code sun.misc.Unsafe} where the JVM was started with {@code
 * --sun-misc-unsafe-memory-access=allow}, and by {@code java.lang.foreign} elsewhere. It is the
 * same memory and order; the former is a third of the work for the JIT compiler at most, which
 * otherwise stops inlining in the middle of a request's way (decision 17).
 */
@SuppressWarnings("removal")
public final class SlabMemory {

    /** All of memory as one segment, so that an address is an offset and checks fold away. */
    @SuppressWarnings("restricted")
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final VarHandle LONGS = JAVA_LONG.varHandle();

    /** The JVM's names of processors that read a number at any address. */
    private static final Set<String> UNALIGNED_ACCESS = Set.of("amd64", "x86_64", "aarch64");

    /** A constant, to the compiler, too: one half of each method below is never compiled. */
    private static final @Nullable Unsafe UNSAFE = unsafeIfAllowed();

    /** The JVM copies a multiple of this by whole vectors. */
    private static final int BLOCK = 4 * Long.BYTES;

    private SlabMemory() {}

    /** Without the option, the JVM warns of every program that uses it, or one day forbids it. */
    private static @Nullable Unsafe unsafeIfAllowed() {
        if (!"allow".equals(System.getProperty("sun.misc.unsafe.memory.access"))
                || !UNALIGNED_ACCESS.contains(System.getProperty("os.arch"))) {
            return null;
        }
        try {
            Field instance = Unsafe.class.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            return (Unsafe) instance.get(null);
        } catch (ReflectiveOperationException e) {
            return null; // A JVM that has none; java.lang.foreign does the same.
        }
    }

    static boolean usesUnsafe() {
        return UNSAFE != null;
    }

    public static byte getByte(long address) {
        return UNSAFE == null ? ALL.get(JAVA_BYTE, address) : UNSAFE.getByte(address);
    }

    public static void putByte(long address, byte value) {
        if (UNSAFE == null) {
            ALL.set(JAVA_BYTE, address, value);
        } else {
            UNSAFE.putByte(address, value);
        }
    }

    public static short getShort(long address) {
        return UNSAFE == null ? ALL.get(JAVA_SHORT_UNALIGNED, address) : UNSAFE.getShort(address);
    }

    public static void putShort(long address, short value) {
        if (UNSAFE == null) {
            ALL.set(JAVA_SHORT_UNALIGNED, address, value);
        } else {
            UNSAFE.putShort(address, value);
        }
    }

    public static int getInt(long address) {
        return UNSAFE == null ? ALL.get(JAVA_INT_UNALIGNED, address) : UNSAFE.getInt(address);
    }

    public static void putInt(long address, int value) {
        if (UNSAFE == null) {
            ALL.set(JAVA_INT_UNALIGNED, address, value);
        } else {
            UNSAFE.putInt(address, value);
        }
    }

    public static long getLong(long address) {
        return UNSAFE == null ? ALL.get(JAVA_LONG_UNALIGNED, address) : UNSAFE.getLong(address);
    }

    public static void putLong(long address, long value) {
        if (UNSAFE == null) {
            ALL.set(JAVA_LONG_UNALIGNED, address, value);
        } else {
            UNSAFE.putLong(address, value);
        }
    }

    /** Reads an aligned long with acquire order: nothing that follows is read before it. */
    public static long getLongAcquire(long address) {
        return UNSAFE == null
                ? (long) LONGS.getAcquire(ALL, address)
                : UNSAFE.getLongVolatile(null, address);
    }

    /** Writes an aligned long with release order: everything written before is visible with it. */
    public static void putLongRelease(long address, long value) {
        if (UNSAFE == null) {
            LONGS.setRelease(ALL, address, value);
        } else {
            UNSAFE.putOrderedLong(null, address, value);
        }
    }

    /** Atomically replaces an aligned long if it has the expected value. */
    public static boolean compareAndSet(long address, long expected, long value) {
        return UNSAFE == null
                ? LONGS.compareAndSet(ALL, address, expected, value)
                : UNSAFE.compareAndSwapLong(null, address, expected, value);
    }

    /** Keeps reads before this call from being delayed past reads after it. */
    public static void readFence() {
        VarHandle.acquireFence();
    }

    /** Keeps writes after this call from being seen before writes ahead of it. */
    public static void writeFence() {
        VarHandle.storeStoreFence();
    }

    /** Copies bytes between places that may overlap. */
    public static void copy(long source, long destination, long length) {
        if (length <= 2 * Long.BYTES) {
            copyShort(source, destination, (int) length);
        } else if (length < BLOCK) {
            copyPairs(source, destination, (int) length);
        } else {
            copyBlocks(source, destination, length);
        }
    }

    /**
     * Copies whole blocks, and the last one again as it was, which ends where the bytes do. For the
     * rest of a block the JVM would read a masked vector, which waits for the cache line behind the
     * last byte, too, if it reaches that far.
     */
    private static void copyBlocks(long source, long destination, long length) {
        long last = length - BLOCK;
        long first = getLong(source + last);
        long second = getLong(source + last + Long.BYTES);
        long third = getLong(source + last + 2 * Long.BYTES);
        long fourth = getLong(source + last + 3 * Long.BYTES);
        if (UNSAFE == null) {
            MemorySegment.copy(ALL, source, ALL, destination, length & -BLOCK);
        } else {
            UNSAFE.copyMemory(source, destination, length & -BLOCK);
        }
        putLong(destination + last, first);
        putLong(destination + last + Long.BYTES, second);
        putLong(destination + last + 2 * Long.BYTES, third);
        putLong(destination + last + 3 * Long.BYTES, fourth);
    }

    /** Reads all, then writes all, by two pairs of words that overlap. */
    private static void copyPairs(long source, long destination, int length) {
        int last = length - 2 * Long.BYTES;
        long head = getLong(source);
        long neck = getLong(source + Long.BYTES);
        long back = getLong(source + last);
        long tail = getLong(source + last + Long.BYTES);
        putLong(destination, head);
        putLong(destination + Long.BYTES, neck);
        putLong(destination + last, back);
        putLong(destination + last + Long.BYTES, tail);
    }

    /** Reads all, then writes all, by words that overlap; most keys are so short. */
    private static void copyShort(long source, long destination, int length) {
        if (length >= Long.BYTES) {
            int last = length - Long.BYTES;
            long head = getLong(source);
            long tail = getLong(source + last);
            putLong(destination, head);
            putLong(destination + last, tail);
        } else if (length >= Integer.BYTES) {
            int last = length - Integer.BYTES;
            int head = getInt(source);
            int tail = getInt(source + last);
            putInt(destination, head);
            putInt(destination + last, tail);
        } else if (length > 0) {
            byte head = getByte(source);
            byte middle = getByte(source + (length >>> 1));
            byte tail = getByte(source + length - 1);
            putByte(destination, head);
            putByte(destination + (length >>> 1), middle);
            putByte(destination + length - 1, tail);
        }
    }

    public static void fill(long address, long length, byte value) {
        ALL.asSlice(address, length).fill(value);
    }

    /** Takes memory from the C heap, for what is rare and short-lived. */
    public static long allocate(long length) {
        return CHeap.allocate(length);
    }

    /** Gives back what {@link #allocate} took. */
    public static void free(long address) {
        CHeap.free(address);
    }

    /** Compares two places by words; the last word overlaps the one before it. */
    public static boolean equal(long left, long right, int length) {
        if (length < Long.BYTES) {
            return equalShort(left, right, length);
        }
        int last = length - Long.BYTES;
        for (int i = 0; i < last; i += Long.BYTES) {
            if (getLong(left + i) != getLong(right + i)) {
                return false;
            }
        }
        return getLong(left + last) == getLong(right + last);
    }

    private static boolean equalShort(long left, long right, int length) {
        if (length >= Integer.BYTES) {
            int last = length - Integer.BYTES;
            return getInt(left) == getInt(right) && getInt(left + last) == getInt(right + last);
        }
        for (int i = 0; i < length; i++) {
            if (getByte(left + i) != getByte(right + i)) {
                return false;
            }
        }
        return true;
    }
}
