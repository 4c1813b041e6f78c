package org.autotuner.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Numbers distinct texts in order of first appearance, reading them from a character buffer. */
final class Levels {

    private final List<String> texts = new ArrayList<>();
    private int[] hashes = new int[16];
    private int[] slots = new int[64];

    int code(char[] buffer, int offset, int length) {
        int hash = 0;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + buffer[i];
        }
        int mask = slots.length - 1;
        int slot = spread(hash) & mask;
        while (slots[slot] != 0) {
            int code = slots[slot] - 1;
            if (hashes[code] == hash && equal(texts.get(code), buffer, offset, length)) {
                return code;
            }
            slot = (slot + 1) & mask;
        }
        slots[slot] = texts.size() + 1;
        return add(new String(buffer, offset, length), hash);
    }

    private int add(String text, int hash) {
        int code = texts.size();
        texts.add(text);
        if (code == hashes.length) {
            hashes = Arrays.copyOf(hashes, code * 2);
        }
        hashes[code] = hash;
        if (texts.size() * 2 > slots.length) {
            grow();
        }
        return code;
    }

    private void grow() {
        slots = new int[slots.length * 4];
        int mask = slots.length - 1;
        for (int code = 0; code < texts.size(); code++) {
            int slot = spread(hashes[code]) & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = code + 1;
        }
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 16);
    }

    private static boolean equal(String text, char[] buffer, int offset, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != buffer[offset + i]) {
                return false;
            }
        }
        return true;
    }

    List<String> texts() {
        return texts;
    }
}
