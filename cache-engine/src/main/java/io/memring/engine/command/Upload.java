package io.memring.engine.command;

/**
 * A value on its way into a reserved chunk, or chain of chunks. It belongs to one connection; its
 * bytes are written by that connection's worker without holding the stripe, because nobody else can
 * reach a reserved chunk.
 */
public final class Upload {

    /** Handle of the reserved item; 0 when nothing is reserved. */
    public int itemHandle;

    /** Index of the stripe the chunk is of. */
    public int stripeIndex;

    /** Bytes of the value still to be written; during RESERVE, those that no chunk holds yet. */
    public int remaining;

    /** Where the next byte goes, and how many fit before the chain's next chunk. */
    public long writeAddress;

    public int writeLimit;

    /** Handle of the chunk being written; during RESERVE, of the last one so far. */
    public int chunkHandle;

    public boolean isOpen() {
        return itemHandle != 0;
    }
}
