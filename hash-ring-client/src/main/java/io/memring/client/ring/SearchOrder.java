package io.memring.client.ring;

/** The order of points in which the first one not below the key's hash owns the key. */
enum SearchOrder {
    UNSIGNED(Integer.MIN_VALUE),
    SIGNED(0);

    /** An exclusive or with this makes the order the one of signed numbers. */
    final int mask;

    SearchOrder(int mask) {
        this.mask = mask;
    }
}
