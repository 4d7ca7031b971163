/**
 * Items in off-heap memory: their layout, the hash table that finds them, the LRU lists that order
 * them. Everything here belongs to one stripe and is changed only by whoever holds it; finding and
 * reading are also safe without, in the sense that they stay inside the region and end, and that
 * the reader must afterwards check that nothing changed meanwhile.
 */
@NullMarked
package io.memring.engine.item;

import org.jspecify.annotations.NullMarked;
