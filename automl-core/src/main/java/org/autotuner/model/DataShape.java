package org.autotuner.model;

import org.autotuner.prepare.ImageSize;
import org.autotuner.task.Task;
import org.jspecify.annotations.Nullable;

/**
 * Size of the training data, by which families adapt their search space, starting points and cost.
 *
 * @param rows training rows of one fold
 * @param numericColumns feature columns that are numbers or dates; an image counts as the numbers that describe it
 * @param wholeColumns how many of these hold repeated whole numbers that may just as well be categories
 * @param categoricalColumns feature columns that are categories
 * @param levels sum of the levels of all categorical columns
 * @param textColumns feature columns that are text
 * @param textCharacters mean number of characters of a row's texts together
 * @param constraints what models must keep to
 * @param image typical size of the first image column; null without images
 * @param ratings whether one categorical column holds users and another one items
 */
public record DataShape(
        Task task,
        int rows,
        int numericColumns,
        int wholeColumns,
        int categoricalColumns,
        int levels,
        int textColumns,
        double textCharacters,
        Constraints constraints,
        @Nullable ImageSize image,
        boolean ratings) {

    private static final double USUAL_CHARACTERS = 60;
    private static final double LONG_TEXT_CHARACTERS = 36;
    private static final int NUMBERS_OF_SHORT_TEXT = 40;
    private static final int NUMBERS_OF_LONG_TEXT = 100;

    /** A shape without constraints and with texts of some 60 characters. */
    public DataShape(
            Task task,
            int rows,
            int numericColumns,
            int wholeColumns,
            int categoricalColumns,
            int levels,
            int textColumns) {
        this(
                task,
                rows,
                numericColumns,
                wholeColumns,
                categoricalColumns,
                levels,
                textColumns,
                USUAL_CHARACTERS * textColumns,
                Constraints.none(),
                null,
                false);
    }

    /** A shape without whole numbers and constraints. */
    public DataShape(Task task, int rows, int numericColumns, int categoricalColumns, int levels, int textColumns) {
        this(task, rows, numericColumns, 0, categoricalColumns, levels, textColumns);
    }

    public DataShape withConstraints(Constraints given) {
        return with(textCharacters, given, image, ratings);
    }

    public DataShape withTextCharacters(double given) {
        return with(given, constraints, image, ratings);
    }

    public DataShape withImage(ImageSize given) {
        return with(textCharacters, constraints, given, ratings);
    }

    /** The same, of users and items. */
    public DataShape withRatings() {
        return with(textCharacters, constraints, image, true);
    }

    private DataShape with(double characters, Constraints kept, @Nullable ImageSize size, boolean rated) {
        return new DataShape(
                task,
                rows,
                numericColumns,
                wholeColumns,
                categoricalColumns,
                levels,
                textColumns,
                characters,
                kept,
                size,
                rated);
    }

    /** About as many columns of numbers the texts are worth to trees: many of the words they count are rare. */
    public double textNumbers() {
        boolean isLong = textCharacters >= LONG_TEXT_CHARACTERS * textColumns;
        return textColumns * (double) (isLong ? NUMBERS_OF_LONG_TEXT : NUMBERS_OF_SHORT_TEXT);
    }

    public int columns() {
        return numericColumns + categoricalColumns + textColumns;
    }
}
