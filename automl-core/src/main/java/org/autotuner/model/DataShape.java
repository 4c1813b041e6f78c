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
 * @param constraints what models must keep to
 * @param image typical size of the first image column; null without images
 */
public record DataShape(
        Task task,
        int rows,
        int numericColumns,
        int wholeColumns,
        int categoricalColumns,
        int levels,
        int textColumns,
        Constraints constraints,
        @Nullable ImageSize image) {

    /** A shape without images. */
    public DataShape(
            Task task,
            int rows,
            int numericColumns,
            int wholeColumns,
            int categoricalColumns,
            int levels,
            int textColumns,
            Constraints constraints) {
        this(task, rows, numericColumns, wholeColumns, categoricalColumns, levels, textColumns, constraints, null);
    }

    /** A shape without constraints. */
    public DataShape(
            Task task,
            int rows,
            int numericColumns,
            int wholeColumns,
            int categoricalColumns,
            int levels,
            int textColumns) {
        this(task, rows, numericColumns, wholeColumns, categoricalColumns, levels, textColumns, Constraints.none());
    }

    /** A shape without whole numbers and constraints. */
    public DataShape(Task task, int rows, int numericColumns, int categoricalColumns, int levels, int textColumns) {
        this(task, rows, numericColumns, 0, categoricalColumns, levels, textColumns);
    }

    public DataShape withConstraints(Constraints given) {
        return new DataShape(
                task, rows, numericColumns, wholeColumns, categoricalColumns, levels, textColumns, given, image);
    }

    public DataShape withImage(ImageSize given) {
        return new DataShape(
                task, rows, numericColumns, wholeColumns, categoricalColumns, levels, textColumns, constraints, given);
    }

    public int columns() {
        return numericColumns + categoricalColumns + textColumns;
    }
}
