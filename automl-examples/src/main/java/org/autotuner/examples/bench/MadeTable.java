package org.autotuner.examples.bench;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.autotuner.data.Table;

/** A table of numbers whose label depends on a few of them, for budgets on sizes that no small data set has. */
final class MadeTable {

    static final String TARGET = "label";

    private MadeTable() {}

    static Table of(int rows, int columns, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        double[][] cells = new double[columns][rows];
        String[] label = new String[rows];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                cells[column][row] = random.nextGaussian();
            }
            double score =
                    cells[0][row] - 0.5 * cells[1 % columns][row] + cells[2 % columns][row] * cells[3 % columns][row];
            label[row] = score + random.nextGaussian() > 0 ? "yes" : "no";
        }
        Table.Builder builder = Table.builder();
        for (int column = 0; column < columns; column++) {
            builder.numeric("x" + column, cells[column]);
        }
        return builder.categorical(TARGET, label).build();
    }
}
