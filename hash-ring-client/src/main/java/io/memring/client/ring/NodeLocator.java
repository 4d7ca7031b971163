package io.memring.client.ring;

import java.util.function.IntPredicate;

/**
 * An algorithm that places keys on nodes, which it knows by their index alone. Implementations are
 * immutable.
 */
public interface NodeLocator {

    /** The index that says that there is no node. */
    int NONE = -1;

    /** The index of the node that owns a key. */
    int locate(byte[] key, int from, int length);

    /**
     * The index of the first usable node in the key's order of preference, or {@link #NONE}. Keys
     * whose owner is usable stay where they are.
     */
    int locate(byte[] key, int from, int length, IntPredicate usable);
}
