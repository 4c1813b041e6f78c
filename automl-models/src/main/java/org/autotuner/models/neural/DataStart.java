package org.autotuner.models.neural;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.models.torch.Inputs;
import org.autotuner.models.torch.NetworkRows;
import org.autotuner.models.torch.Start;
import org.autotuner.score.Activation;

/**
 * Initial weights that fit the data (arXiv 2407.04491, appendix): some rows are sent through the network layer by layer as it
 * gets its values; each neuron's weights are divided by the standard deviation of what they make of these rows, and its bias is
 * minus a random convex combination of what it makes of five of them, so that its kink lies within the data.
 *
 * <p>Values are drawn in the order of the layers and once per network, which is what makes this possible. For one learner.
 */
final class DataStart {

    /** Rows that are sent through. */
    static final int ROWS = 256;

    private static final int MIXED_ROWS = 5;

    private final NetworkRows rows;
    private final NetworkInputs inputs;
    private final Activation activation;
    private float[] frequency = {};
    private float[] phase = {};
    private float[] numberWeight = {};
    private float[] numberBias = {};
    private final float[][] tables;
    private float[][] hidden = {};
    private float[][] sums = {};

    DataStart(NetworkRows rows, NetworkInputs inputs, Activation activation) {
        this.rows = rows;
        this.inputs = inputs;
        this.activation = activation;
        this.tables = new float[inputs.tables().size()][];
    }

    /** Passes the values of an embedding of numbers on, and keeps them. */
    Start numbers(String name, Start drawn) {
        return (member, size, random) -> {
            float[] values = drawn.values(member, size, random);
            switch (name) {
                case "frequency" -> frequency = values;
                case "phase" -> phase = values;
                case "weight" -> numberWeight = values;
                default -> numberBias = values;
            }
            return values;
        };
    }

    /** The tables of the inputs, watched as well. */
    List<Inputs.Table> tables() {
        List<Inputs.Table> watched = new ArrayList<>();
        for (Inputs.Table table : inputs.tables()) {
            watched.add(new Inputs.Table(
                    table.name(),
                    table.columns(),
                    table.levels(),
                    table.width(),
                    table(watched.size(), table.start())));
        }
        return watched;
    }

    private Start table(int number, Start drawn) {
        return (member, size, random) -> {
            tables[number] = drawn.values(member, size, random);
            return tables[number];
        };
    }

    /** Weights [in, out] of a hidden layer; {@code factor} is that of the layer. */
    Start weight(boolean isFirst, int width, double factor) {
        return (member, size, random) -> {
            float[] matrix = Start.normal(1).values(member, size, random);
            if (isFirst) {
                hidden = embedded();
            }
            if (hidden[0].length * width != matrix.length) {
                throw new IllegalStateException("%d inputs of %d neurons do not have %d weights."
                        .formatted(hidden[0].length, width, matrix.length));
            }
            sums = products(hidden, matrix, width, factor);
            for (int o = 0; o < width; o++) {
                float scale = (float) (1 / deviation(sums, o));
                for (int at = o; at < matrix.length; at += width) {
                    matrix[at] *= scale;
                }
                for (float[] row : sums) {
                    row[o] *= scale;
                }
            }
            return matrix;
        };
    }

    /** Biases of the layer whose weights were drawn last. */
    Start bias() {
        return (member, size, random) -> {
            float[] bias = new float[size];
            for (int o = 0; o < size; o++) {
                bias[o] = -mixture(o, random);
            }
            for (float[] row : sums) {
                for (int o = 0; o < size; o++) {
                    row[o] = (float) activation.of(row[o] + bias[o]);
                }
            }
            hidden = sums;
            return bias;
        };
    }

    /** Shares uniform over the simplex: exponential numbers over their sum. */
    private float mixture(int neuron, SplittableRandom random) {
        double total = 0;
        double sum = 0;
        for (int i = 0; i < MIXED_ROWS; i++) {
            double share = -Math.log(1 - random.nextDouble());
            total += share;
            sum += share * sums[random.nextInt(sums.length)][neuron];
        }
        return (float) (sum / total);
    }

    private float[][] embedded() {
        int numbers = inputs.numbers().length;
        int codes = inputs.categories().size();
        int size = numberBias.length / Math.max(1, numbers);
        float[][] embedded = new float[rows.rows()][];
        List<Inputs.Table> all = inputs.tables();
        int width = inputs.width(size + 1);
        for (int row = 0; row < embedded.length; row++) {
            float[] line = new float[width];
            int at = 0;
            for (int f = 0; f < numbers; f++) {
                float x = rows.numbers()[row * numbers + f];
                at = embed(x, f, size, line, at);
            }
            int column = 0;
            for (int number = 0; number < all.size(); number++) {
                for (int i = 0; i < all.get(number).columns(); i++) {
                    int from = rows.codes()[row * codes + column++]
                            * all.get(number).width();
                    System.arraycopy(
                            tables[number], from, line, at, all.get(number).width());
                    at += all.get(number).width();
                }
            }
            embedded[row] = line;
        }
        return embedded;
    }

    /** A number behind its periodic components, if it has any. */
    private int embed(float x, int number, int size, float[] line, int at) {
        int count = frequency.length / inputs.numbers().length;
        for (int e = 0; e < size; e++) {
            line[at + e] = numberBias[number * size + e];
        }
        for (int j = 0; j < count && size > 0; j++) {
            int own = number * count + j;
            float wave = (float) Math.cos(2 * Math.PI * frequency[own] * x + phase[own]);
            for (int e = 0; e < size; e++) {
                line[at + e] += wave * numberWeight[own * size + e];
            }
        }
        line[at + size] = x;
        return at + size + 1;
    }

    private static float[][] products(float[][] rows, float[] matrix, int width, double factor) {
        float[][] products = new float[rows.length][width];
        for (int row = 0; row < rows.length; row++) {
            float[] sum = products[row];
            for (int i = 0; i < rows[row].length; i++) {
                float x = (float) (factor * rows[row][i]);
                for (int o = 0; o < width; o++) {
                    sum[o] += x * matrix[i * width + o];
                }
            }
        }
        return products;
    }

    /** At least a hundredth: a neuron that hardly varies is not to be blown up. */
    private static double deviation(float[][] rows, int column) {
        double mean = 0;
        for (float[] row : rows) {
            mean += row[column] / rows.length;
        }
        double squares = 0;
        for (float[] row : rows) {
            squares += (row[column] - mean) * (row[column] - mean) / rows.length;
        }
        return Math.max(0.01, Math.sqrt(squares));
    }
}
