package io.memring.engine.item;

/** The lists an item can be in; small numbers because they are two bits of its flags. */
public final class LruSegment {

    /** New items. */
    public static final int HOT = 0;

    /** Items that were hit at least twice. */
    public static final int WARM = 1;

    /** What fell out of the others; its tail is evicted. Without segments, the only list. */
    public static final int COLD = 2;

    /** Items with so little time to live that they wait for their end here. */
    public static final int TEMP = 3;

    public static final int COUNT = 4;

    private LruSegment() {}
}
