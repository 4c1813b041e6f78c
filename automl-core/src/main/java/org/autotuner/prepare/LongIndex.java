package org.autotuner.prepare;

import java.util.Arrays;

/**
 * Numbers the different keys of at least 0 in the order in which they are added: an open-addressing map without boxes.
 * Not thread-safe while keys are added.
 */
final class LongIndex {

    private long[] keys;
    private int[] slots;
    private int size;

    LongIndex(int expected) {
        keys = new long[Math.max(4, expected)];
        slots = new int[tableSize(keys.length)];
    }

    /** Number of the key, 0.., or -1 if it was not added. */
    int find(long key) {
        int mask = slots.length - 1;
        for (int at = hash(key) & mask; ; at = (at + 1) & mask) {
            int slot = slots[at];
            if (slot == 0) {
                return -1;
            }
            if (keys[slot - 1] == key) {
                return slot - 1;
            }
        }
    }

    /** Number of the key, which is added if it is new. */
    int add(long key) {
        int found = find(key);
        if (found >= 0) {
            return found;
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, Math.addExact(size, size));
            slots = new int[tableSize(keys.length)];
            for (int i = 0; i < size; i++) {
                place(i);
            }
        }
        keys[size] = key;
        place(size);
        return size++;
    }

    int size() {
        return size;
    }

    /** The keys by their numbers. */
    long[] keys() {
        return Arrays.copyOf(keys, size);
    }

    private void place(int number) {
        int mask = slots.length - 1;
        int at = hash(keys[number]) & mask;
        while (slots[at] != 0) {
            at = (at + 1) & mask;
        }
        slots[at] = number + 1;
    }

    /** A power of two of which at most half is used. */
    private static int tableSize(int capacity) {
        return Integer.highestOneBit(Math.max(4, capacity) - 1) << 2;
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014): neighbouring keys spread. */
    private static int hash(long key) {
        long mixed = (key ^ (key >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return (int) (mixed ^ (mixed >>> 31));
    }
}
