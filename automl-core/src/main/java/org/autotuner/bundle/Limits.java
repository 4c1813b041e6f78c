package org.autotuner.bundle;

/** What a model file may be at most; the same for writing and reading, so that what was written can be read. */
final class Limits {

    /** Bytes of the file, and of all its entries together after inflating. */
    static final long TOTAL = 2L << 30;
    /** An entry inflates to at most this multiple of its bytes in the file; what packs better is stored. */
    static final int RATIO = 20;

    static final int MANIFEST = 64 << 20;
    static final int ENTRIES = 1_000_000;
    static final int VALUES = 4_000_000;
    static final int DEPTH = 64;

    private Limits() {}
}
