package org.autotuner.model;

import org.autotuner.task.Task;

/**
 * Size of the training data, by which families adapt their search space, starting points and cost.
 *
 * @param rows training rows of one fold
 * @param numericColumns feature columns that are numbers or dates
 * @param wholeColumns how many of these hold repeated whole numbers that may just as well be categories
 * @param categoricalColumns feature columns that are categories
 * @param levels sum of the levels of all categorical columns
 * @param textColumns feature columns that are text
 * @param constraints what models must keep to
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
        Constraints constraints,
        boolean ratings) {

    /** A shape without ratings. */
    public DataShape(
            Task task,
            int rows,
            int numericColumns,
            int wholeColumns,
            int categoricalColumns,
            int levels,
            int textColumns,
            Constraints constraints) {
        this(task, rows, numericColumns, wholeColumns, categoricalColumns, levels, textColumns, constraints, false);
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
                task, rows, numericColumns, wholeColumns, categoricalColumns, levels, textColumns, given, ratings);
    }

    /** The same, of users and items. */
    public DataShape withRatings() {
        return new DataShape(
                task, rows, numericColumns, wholeColumns, categoricalColumns, levels, textColumns, constraints, true);
    }

    public int columns() {
        return numericColumns + categoricalColumns + textColumns;
    }
}
