package io.memring.slab;

/**
 * What is known about each page, as arrays indexed by page number. The entries of a page belong to
 * whoever has taken the page; the pool's lock orders them when it changes hands.
 */
final class PageTable {

    /** Slab class of the page's chunks; 0 while the page is in the pool. */
    final byte[] classId;

    /** Handle of the page's first free chunk that has been in use before. */
    final int[] freeHead;

    /** Free chunks of the page, never used ones included. */
    final int[] freeCount;

    /** Chunks below this index have been handed out at least once. */
    final int[] carved;

    /** Neighbours in the list of all pages of a class. */
    final int[] next;

    final int[] previous;

    /** Neighbours in the list of a class's pages that have free chunks. */
    final int[] nextOpen;

    final int[] previousOpen;

    PageTable(int pages) {
        classId = new byte[pages];
        freeHead = new int[pages];
        freeCount = new int[pages];
        carved = new int[pages];
        next = new int[pages];
        previous = new int[pages];
        nextOpen = new int[pages];
        previousOpen = new int[pages];
    }
}
