package io.memring.protocol.binary;

/** What a request must look like: the extras it has, and whether a key and a value follow. */
enum Shape {
    BARE(0, Key.NONE, false),
    FLUSH(4, Key.NONE, false),
    KEY(0, Key.ONE, false),
    STAT(0, Key.MAYBE, false),
    /** Extras: exptime. */
    TOUCH(4, Key.ONE, false),
    /** Extras: client flags, exptime. */
    STORE(8, Key.ONE, true),
    JOIN(0, Key.ONE, true),
    /** Extras: delta, initial value, exptime. */
    COUNT(20, Key.ONE, false),
    /** The key is a mechanism's name, the value what the client has to say. */
    LOGIN(0, Key.ONE, true);

    private enum Key {
        NONE,
        ONE,
        MAYBE
    }

    private final int extrasLength;
    private final Key key;
    private final boolean hasValue;

    Shape(int extrasLength, Key key, boolean hasValue) {
        this.extrasLength = extrasLength;
        this.key = key;
        this.hasValue = hasValue;
    }

    int extrasLength() {
        return extrasLength;
    }

    boolean fits(int extras, int keyLength, int valueLength) {
        return hasExtras(extras) && hasKey(keyLength) && (hasValue || valueLength == 0);
    }

    /** The delay of a flush may be left out. */
    private boolean hasExtras(int extras) {
        return extras == extrasLength || (this == FLUSH && extras == 0);
    }

    private boolean hasKey(int keyLength) {
        return switch (key) {
            case NONE -> keyLength == 0;
            case ONE -> keyLength > 0;
            case MAYBE -> true;
        };
    }
}
