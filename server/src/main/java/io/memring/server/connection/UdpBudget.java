package io.memring.server.connection;

import java.net.InetAddress;

/**
 * How much has been sent to whom within this second. Addresses share places in a small table, so
 * that forged ones cost no memory; two that meet there share their budget. On one worker.
 */
final class UdpBudget {

    private static final int PLACES = 1 << 10;

    private final int bytesPerSecond;
    private final int[] seconds = new int[PLACES];
    private final int[] bytes = new int[PLACES];

    UdpBudget(int bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Takes from an address's budget; false when it is used up. */
    boolean take(InetAddress address, int length, int nowSeconds) {
        if (bytesPerSecond == 0) {
            return true;
        }
        int hash = address.hashCode() * 0x9E37_79B9;
        int place = hash >>> Integer.SIZE - Integer.numberOfTrailingZeros(PLACES);
        if (seconds[place] != nowSeconds) {
            seconds[place] = nowSeconds;
            bytes[place] = 0;
        }
        if (length > bytesPerSecond - bytes[place]) {
            return false;
        }
        bytes[place] += length;
        return true;
    }
}
