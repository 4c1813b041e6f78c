package org.autotuner.examples.bench;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.autotuner.data.Table;

/**
 * A large table whose target is a known function of its columns plus noise: after Friedman (Annals of Statistics 19, 1991) five
 * columns that bend and multiply, then one effect per level of the categories, one product of a category and a number, and
 * many weak straight effects. Four fifths of the columns are numbers, the others categories of 10 to 400 levels.
 */
final class MadeAmounts {

    static final String TARGET = "amount";
    /** Standard deviation of the noise: no model has a lower RMSE. */
    static final double NOISE = 1;

    private static final int CURVED = 5;

    private MadeAmounts() {}

    /** A table; tables of one size but other seeds are rows of the same function. */
    static Table of(int rows, int columns, long seed) {
        int numbers = Math.max(CURVED + 1, columns * 4 / 5);
        int categories = Math.max(2, columns - numbers);
        double[][] cells = new double[numbers][rows];
        int[][] codes = new int[categories][rows];
        double[][] effects = effects(categories);
        double[] amount = new double[rows];
        SplittableRandom random = new SplittableRandom(seed);
        for (int row = 0; row < rows; row++) {
            for (double[] cell : cells) {
                cell[row] = random.nextDouble();
            }
            for (int c = 0; c < categories; c++) {
                codes[c][row] = (int) (effects[c].length * Math.pow(random.nextDouble(), 1.5)); // some levels are rare
            }
            amount[row] = value(cells, codes, effects, row) + NOISE * random.nextGaussian();
        }
        Table.Builder builder = Table.builder();
        for (int column = 0; column < numbers; column++) {
            builder.numeric("x" + column, cells[column]);
        }
        for (int c = 0; c < categories; c++) {
            String[] names = new String[effects[c].length];
            Arrays.setAll(names, level -> "level" + level);
            builder.categorical(
                    "c" + c,
                    Arrays.stream(codes[c]).mapToObj(code -> names[code]).toArray(String[]::new));
        }
        return builder.numeric(TARGET, amount).build();
    }

    private static double[][] effects(int categories) {
        SplittableRandom random = new SplittableRandom(17);
        double[][] effects = new double[categories][];
        for (int c = 0; c < categories; c++) {
            effects[c] = new double[10 + 390 * c / Math.max(1, categories - 1)];
            Arrays.setAll(effects[c], level -> 0.6 * random.nextGaussian());
        }
        return effects;
    }

    private static double value(double[][] x, int[][] codes, double[][] effects, int row) {
        double sum = 3 * Math.sin(Math.PI * x[0][row] * x[1][row])
                + 6 * (x[2][row] - 0.5) * (x[2][row] - 0.5)
                + 3 * x[3][row]
                + 1.5 * x[4][row];
        for (int column = CURVED; column < x.length; column++) {
            sum += (column % 2 == 0 ? 0.4 : -0.4) * x[column][row];
        }
        for (int c = 0; c < codes.length; c++) {
            sum += effects[c][codes[c][row]];
        }
        return sum + 2 * effects[1][codes[1][row]] * x[CURVED][row];
    }
}
