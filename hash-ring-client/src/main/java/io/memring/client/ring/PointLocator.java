package io.memring.client.ring;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * A ring as two sorted arrays: points, and the node that owns each.
 *
 * <p>Points are kept in an order of plain signed numbers: an exclusive or with {@code mask} turns
 * the order of the format into that one. A table by the highest bits of the hash says where to
 * start, from there the right point is a step or two away; so a look-up costs a few nanoseconds
 * beyond the hash, and allocates nothing.
 */
final class PointLocator implements NodeLocator {

    /**
     * How keys are hashed.
     *
     * @param keyHash by which function
     * @param firstNumber what is first put in front of a key whose owner is not usable
     * @param tries how often such a key is hashed again
     */
    record Hashing(KeyHash keyHash, int firstNumber, int tries) {}

    private final KeyHash keyHash;
    private final int firstNumber;
    private final int tries;
    private final int mask;
    private final int[] points;
    private final int[] owners;

    /** By the highest bits of an ordered hash, the first point that may not be below it. */
    private final int[] starts;

    private final int shift;

    /**
     * Takes over sorted points.
     *
     * @param mask turns hashes into the order of {@code points}
     */
    PointLocator(Hashing hashing, int mask, int[] points, int[] owners) {
        assert points.length == owners.length && points.length > 0;
        this.keyHash = hashing.keyHash;
        this.firstNumber = hashing.firstNumber;
        this.tries = hashing.tries;
        this.mask = mask;
        this.points = points;
        this.owners = owners;
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(points.length - 1 | 1);
        this.shift = Integer.SIZE - bits;
        this.starts = starts(points, bits);
    }

    private static int[] starts(int[] points, int bits) {
        int[] starts = new int[1 << bits];
        int point = 0;
        for (int i = 0; i < starts.length; i++) {
            int lowest = (i << (Integer.SIZE - bits)) ^ Integer.MIN_VALUE;
            while (point < points.length && points[point] < lowest) {
                point++;
            }
            starts[i] = point;
        }
        return starts;
    }

    @Override
    public int locate(byte[] key, int from, int length) {
        return owners[pointFor(keyHash.hash(key, from, length))];
    }

    @Override
    public int locate(byte[] key, int from, int length, IntPredicate usable) {
        int hash = keyHash.hash(key, from, length);
        int first = pointFor(hash);
        if (tries > 0 && !usable.test(owners[first])) {
            int owner =
                    afterHashingAgain(hash, Arrays.copyOfRange(key, from, from + length), usable);
            if (owner != NONE) {
                return owner;
            }
        }
        for (int i = 0; i < points.length; i++) {
            int point = first + i;
            int owner = owners[point < points.length ? point : point - points.length];
            if (usable.test(owner)) {
                return owner;
            }
        }
        return NONE;
    }

    private int afterHashingAgain(int firstHash, byte[] key, IntPredicate usable) {
        int hash = firstHash;
        for (int i = 0; i < tries; i++) {
            byte[] number = Integer.toString(firstNumber + i).getBytes(US_ASCII);
            byte[] numbered = Arrays.copyOf(number, number.length + key.length);
            System.arraycopy(key, 0, numbered, number.length, key.length);
            hash += keyHash.hash(numbered, 0, numbered.length);
            int owner = owners[pointFor(hash)];
            if (usable.test(owner)) {
                return owner;
            }
        }
        return NONE;
    }

    /** The index of the first point that is not below the hash, or of the first of all. */
    int pointFor(int hash) {
        int ordered = hash ^ mask;
        int point = starts[(ordered ^ Integer.MIN_VALUE) >>> shift];
        while (point < points.length && points[point] < ordered) {
            point++;
        }
        return point < points.length ? point : 0;
    }

    /** The hash at which a point lies. */
    int hashAt(int point) {
        return points[point] ^ mask;
    }

    int ownerAt(int point) {
        return owners[point];
    }

    int size() {
        return points.length;
    }
}
