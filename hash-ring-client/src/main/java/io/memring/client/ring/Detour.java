package io.memring.client.ring;

/**
 * Where a key goes whose owner is not usable, before the next points of the ring are tried: a
 * client that hashes again adds to the key's hash that of the key with a number in front of it, and
 * so on with the next number.
 */
enum Detour {
    /** To the next points at once. */
    NONE(0),
    /** spymemcached: six times, from 0 on. */
    SPYMEMCACHED(0) {
        @Override
        int tries(int nodes) {
            return 6;
        }
    },
    /** xmemcached: as often as there are nodes, from 1 on. */
    XMEMCACHED(1) {
        @Override
        int tries(int nodes) {
            return nodes;
        }
    };

    /** The number that is put in front first. */
    final int firstNumber;

    Detour(int firstNumber) {
        this.firstNumber = firstNumber;
    }

    /** How often the key is hashed again. */
    int tries(int nodes) {
        return 0;
    }
}
