package org.autotuner.prepare;

import java.util.Arrays;
import java.util.List;

/**
 * Numbers terms in the order in which they come, and finds them by ranges of characters without making strings. Safe
 * for threads that only look up, once filled and published.
 */
final class TermTable {

    private String[] terms;
    /** Open addressing: number of the term + 1, 0 for free; the length is a power of two. */
    private int[] slots;

    private int size;

    TermTable(int expected) {
        terms = new String[Math.max(8, expected)];
        slots = new int[Integer.highestOneBit(Math.max(8, expected)) * 4];
    }

    static TermTable of(List<String> terms) {
        TermTable table = new TermTable(terms.size());
        for (String term : terms) {
            table.add(term.toCharArray(), 0, term.length());
        }
        return table;
    }

    int size() {
        return size;
    }

    String term(int number) {
        return terms[number];
    }

    /** Number of the term, or -1. */
    int find(char[] buffer, int from, int to) {
        return slots[slot(buffer, from, to)] - 1;
    }

    /** Number of the term, which is new if it equals the size before. */
    int add(char[] buffer, int from, int to) {
        int slot = slot(buffer, from, to);
        if (slots[slot] > 0) {
            return slots[slot] - 1;
        }
        if (size == terms.length) {
            terms = Arrays.copyOf(terms, 2 * size);
        }
        terms[size++] = new String(buffer, from, to - from);
        slots[slot] = size;
        if (2 * size > slots.length) {
            grow();
        }
        return size - 1;
    }

    private int slot(char[] buffer, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + buffer[i];
        }
        int mask = slots.length - 1;
        int slot = spread(hash) & mask;
        while (slots[slot] > 0 && !equal(terms[slots[slot] - 1], buffer, from, to)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        slots = new int[2 * slots.length];
        int mask = slots.length - 1;
        for (int number = 0; number < size; number++) {
            int slot = spread(terms[number].hashCode()) & mask;
            while (slots[slot] > 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = number + 1;
        }
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9e3779b9;
        return mixed ^ (mixed >>> 15);
    }

    private static boolean equal(String term, char[] buffer, int from, int to) {
        if (term.length() != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (term.charAt(i - from) != buffer[i]) {
                return false;
            }
        }
        return true;
    }
}
