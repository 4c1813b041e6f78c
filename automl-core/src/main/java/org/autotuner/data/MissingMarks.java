package org.autotuner.data;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Spellings of a missing cell; the usual ones as {@link CellCollector} tells, or those of the caller. */
final class MissingMarks {

    private static final Set<String> STRONG =
            Set.of("NA", "N/A", "#N/A", "<NA>", "NaN", "nan", "null", "NULL", "NAN", "Null");
    private static final Set<String> WEAK = Set.of("None", "?", "-");

    private final @Nullable Set<String> own;

    MissingMarks(@Nullable Set<String> own) {
        this.own = own == null ? null : Set.copyOf(own);
    }

    /** Whether the marks are the usual ones. */
    boolean usual() {
        return own == null;
    }

    boolean isMissing(char[] buffer, int offset, int length, boolean weakToo) {
        if (length == 0) {
            return true;
        }
        if (own != null) {
            return !own.isEmpty() && own.contains(new String(buffer, offset, length));
        }
        if (length > 4) {
            return false;
        }
        char first = buffer[offset];
        boolean possible = first == 'N' || first == 'n' || first == '#' || first == '<' || length == 1;
        if (!possible || (length == 1 && first != '?' && first != '-')) {
            return false;
        }
        String text = new String(buffer, offset, length);
        return STRONG.contains(text) || (weakToo && WEAK.contains(text));
    }

    /** Whether a string handed in at prediction time means missing where it is no number and no level. */
    static boolean isUsual(String text) {
        return text.isBlank() || STRONG.contains(text) || WEAK.contains(text);
    }
}
