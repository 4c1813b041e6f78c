package org.autotuner.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides whether strings are levels or text. */
final class StringColumns {

    private final int[] codes;
    private final List<String> levels;
    private final MissingMarks marks;
    private final String why;

    StringColumns(int[] codes, List<String> levels, MissingMarks marks, String why) {
        this.codes = codes;
        this.levels = levels;
        this.marks = marks;
        this.why = why;
    }

    TypedColumn finish(String name, Role role, @Nullable ColumnType given) {
        int present = 0;
        for (int code : codes) {
            present += code >= 0 ? 1 : 0;
        }
        double words = 0;
        double length = 0;
        for (String level : levels) {
            words += words(level);
            length += level.length();
        }
        words /= Math.max(1, levels.size());
        length /= Math.max(1, levels.size());
        boolean mostlyDistinct = levels.size() * 2L > present;
        boolean text = given == null
                ? levels.size() >= 2
                        && ((mostlyDistinct && (words >= 3 || length > 40)) || (words >= 8 && levels.size() > 50))
                : given == ColumnType.TEXT;
        if (text) {
            String reason = why
                    + String.format(
                            Locale.ROOT,
                            "text: %d different values in %d cells, %.1f words each",
                            levels.size(),
                            present,
                            words);
            return TypedColumn.of(name, texts(), role, given == null ? reason : "given by the caller");
        }
        return categories(name, role, given, present);
    }

    private TypedColumn categories(String name, Role role, @Nullable ColumnType given, int present) {
        boolean marksAreMissing = marks.usual() && punctuation() == 0;
        List<String> kept = new ArrayList<>();
        int[] recoded = new int[levels.size()];
        for (int i = 0; i < recoded.length; i++) {
            boolean missing = marksAreMissing && Set.of("?", "-").contains(levels.get(i));
            recoded[i] = missing ? CategoricalColumn.MISSING : kept.size();
            if (!missing) {
                kept.add(levels.get(i));
            }
        }
        for (int i = 0; i < codes.length; i++) {
            codes[i] = codes[i] < 0 ? CategoricalColumn.MISSING : recoded[codes[i]];
        }
        boolean booleans = !kept.isEmpty()
                && kept.stream().allMatch(level -> level.equalsIgnoreCase("true") || level.equalsIgnoreCase("false"));
        String reason = why
                + (booleans
                        ? "true or false"
                        : "levels: %d different values in %d cells".formatted(kept.size(), present));
        return TypedColumn.of(
                name, CategoricalColumn.adopt(codes, kept), role, given == null ? reason : "given by the caller");
    }

    /** Levels of one sign other than the marks themselves: among + and 0, a - is a level. */
    private int punctuation() {
        int count = 0;
        for (String level : levels) {
            boolean mark = level.equals("?") || level.equals("-");
            count += !mark && level.length() == 1 && !Character.isLetterOrDigit(level.charAt(0)) ? 1 : 0;
        }
        return count;
    }

    private TextColumn texts() {
        @Nullable String[] texts = new @Nullable String[codes.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = codes[i] < 0 ? null : levels.get(codes[i]);
        }
        return TextColumn.adopt(texts);
    }

    private static int words(String text) {
        int words = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            boolean space = Character.isWhitespace(text.charAt(i));
            words += !space && !inside ? 1 : 0;
            inside = !space;
        }
        return words;
    }
}
