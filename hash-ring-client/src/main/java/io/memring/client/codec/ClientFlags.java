package io.memring.client.codec;

/** The layout of client flags that our codecs write; the package's description draws it. */
public final class ClientFlags {

    /** The flags of a remembered absence. */
    public static final int NEGATIVE = flags(0) | 1 << 12;

    private static final int MARK = 'M' << 24;
    private static final int MARK_MASK = 0xFF << 24;
    private static final int CODEC_MASK = 0xFF;
    private static final int PACKING_SHIFT = 8;
    private static final int PACKING_MASK = 0xF << PACKING_SHIFT;

    private ClientFlags() {}

    static int flags(int codecId) {
        return 'M' << 24 | codecId;
    }

    /** True if one of our codecs wrote them. */
    static boolean isOurs(int flags) {
        return (flags & MARK_MASK) == MARK;
    }

    static int codecId(int flags) {
        return flags & CODEC_MASK;
    }

    static int packing(int flags) {
        return isOurs(flags) ? (flags & PACKING_MASK) >>> PACKING_SHIFT : 0;
    }

    static int withPacking(int flags, int packing) {
        return flags & ~PACKING_MASK | packing << PACKING_SHIFT;
    }

    /** True if the item says that there is no value. */
    public static boolean isNegative(int flags) {
        return flags == NEGATIVE;
    }
}
