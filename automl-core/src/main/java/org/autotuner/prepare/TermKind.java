package org.autotuner.prepare;

/** Which pieces of a text count as its terms. */
enum TermKind {
    /** Lower-cased words of letters, marks and digits, and pairs of neighbouring ones joined by a space. */
    WORDS,
    /** Runs of 3 to 5 characters within what blanks separate, the blanks around it included; lower-cased. */
    CHARACTERS
}
