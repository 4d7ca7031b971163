package io.memring.slab;

import java.util.Arrays;

/** One doubly linked list of pages per slab class, through two arrays of the {@link PageTable}. */
final class PageList {

    private final int[] next;
    private final int[] previous;
    private final int[] heads;

    PageList(int[] next, int[] previous, int classes) {
        this.next = next;
        this.previous = previous;
        this.heads = new int[classes];
        Arrays.fill(heads, PagePool.NO_PAGE);
    }

    int head(int classId) {
        return heads[classId];
    }

    int next(int page) {
        return next[page];
    }

    void push(int classId, int page) {
        int head = heads[classId];
        next[page] = head;
        previous[page] = PagePool.NO_PAGE;
        if (head != PagePool.NO_PAGE) {
            previous[head] = page;
        }
        heads[classId] = page;
    }

    void remove(int classId, int page) {
        int after = next[page];
        int before = previous[page];
        if (before == PagePool.NO_PAGE) {
            heads[classId] = after;
        } else {
            next[before] = after;
        }
        if (after != PagePool.NO_PAGE) {
            previous[after] = before;
        }
        next[page] = PagePool.NO_PAGE;
        previous[page] = PagePool.NO_PAGE;
    }
}
