/**
 * {@code memring ring}: where keys live on a ring, how evenly, what moves when nodes change, and
 * reading and writing by it.
 *
 * <pre>
 *   RingCommand ─► LocateCommand, BalanceCommand, DiffCommand, FingerprintCommand
 *        │            └─ RingOptions ─► Placement: key ─► node    KeySource: the keys
 *        └───────► GetCommand, SetCommand, DeleteCommand, StatusCommand
 *                     └─ ClientOptions ─► a HashRing
 * </pre>
 *
 * All of it runs on the thread that calls {@code main}.
 */
@NullMarked
package io.memring.load.ring;

import org.jspecify.annotations.NullMarked;
