package io.memring.client;

/**
 * The version of an item; any change gives it another one.
 *
 * @param unique the node's number for it, of 64 bits without a sign
 */
public record Cas(long unique) {

    /** Of a miss where there is no item. */
    static final Cas NO_ITEM = new Cas(0);

    @Override
    public String toString() {
        return Long.toUnsignedString(unique);
    }
}
