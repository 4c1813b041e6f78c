package org.autotuner.examples.bench.search;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The usual test functions of a real vector x0, x1, ... All but Branin's and Hartmann's are functions of
 * {@code z = R (x - shift)}; without {@code rotation} R is the identity, without {@code shift} that is zero.
 */
final class VectorFormulas {

    private VectorFormulas() {}

    /** The function of a name with the constants of its JSON; empty if there is none of that name. */
    static Optional<Loss> of(String function, JsonObject constants) {
        return switch (function) {
            case "branin" -> Optional.of(
                    configuration -> branin(Values.number(configuration, "x0"), Values.number(configuration, "x1")));
            case "hartmann" -> Optional.of(hartmann(constants));
            case "rosenbrock" -> Optional.of(moved(constants, VectorFormulas::rosenbrock));
            case "ackley" -> Optional.of(moved(constants, VectorFormulas::ackley));
            case "rastrigin" -> Optional.of(moved(constants, VectorFormulas::rastrigin));
            case "levy" -> Optional.of(moved(constants, VectorFormulas::levy));
            case "bowl" -> {
                double[] weights = vector(constants.getAsJsonArray("weights"));
                yield Optional.of(moved(constants, z -> bowl(weights, z)));
            }
            default -> Optional.empty();
        };
    }

    private static Loss moved(JsonObject constants, ToDoubleFunction<double[]> function) {
        int dimensions = constants.get("dim").getAsInt();
        double[] shift = constants.has("shift") ? vector(constants.getAsJsonArray("shift")) : new double[dimensions];
        double[][] rotation =
                constants.has("rotation") ? matrix(constants.getAsJsonArray("rotation")) : new double[0][];
        return configuration -> {
            double[] z = new double[dimensions];
            for (int i = 0; i < dimensions; i++) {
                z[i] = Values.number(configuration, "x" + i) - shift[i];
            }
            return function.applyAsDouble(rotation.length == 0 ? z : times(rotation, z));
        };
    }

    private static double branin(double x0, double x1) {
        double parabola = x1 - 5.1 / (4 * Math.PI * Math.PI) * x0 * x0 + 5 / Math.PI * x0 - 6;
        return parabola * parabola + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x0) + 10;
    }

    private static Loss hartmann(JsonObject constants) {
        double[] alpha = vector(constants.getAsJsonArray("alpha"));
        double[][] a = matrix(constants.getAsJsonArray("A"));
        double[][] p = matrix(constants.getAsJsonArray("P"));
        return configuration -> {
            double sum = 0;
            for (int i = 0; i < alpha.length; i++) {
                double exponent = 0;
                for (int j = 0; j < a[i].length; j++) {
                    double distance = Values.number(configuration, "x" + j) - p[i][j] * 1e-4;
                    exponent += a[i][j] * distance * distance;
                }
                sum += alpha[i] * Math.exp(-exponent);
            }
            return -sum;
        };
    }

    private static double rosenbrock(double[] z) {
        double sum = 0;
        for (int i = 0; i + 1 < z.length; i++) {
            double y = z[i] + 1;
            double valley = z[i + 1] + 1 - y * y;
            sum += 100 * valley * valley + (1 - y) * (1 - y);
        }
        return sum;
    }

    private static double ackley(double[] z) {
        double squares = 0;
        double cosines = 0;
        for (double value : z) {
            squares += value * value;
            cosines += Math.cos(2 * Math.PI * value);
        }
        return -20 * Math.exp(-0.2 * Math.sqrt(squares / z.length)) - Math.exp(cosines / z.length) + 20 + Math.E;
    }

    private static double rastrigin(double[] z) {
        double sum = 10 * z.length;
        for (double value : z) {
            sum += value * value - 10 * Math.cos(2 * Math.PI * value);
        }
        return sum;
    }

    private static double levy(double[] z) {
        int last = z.length - 1;
        double sum = squaredSine(Math.PI * (1 + z[0] / 4));
        for (int i = 0; i < last; i++) {
            double w = 1 + z[i] / 4;
            sum += (w - 1) * (w - 1) * (1 + 10 * squaredSine(Math.PI * w + 1));
        }
        double w = 1 + z[last] / 4;
        return sum + (w - 1) * (w - 1) * (1 + squaredSine(2 * Math.PI * w));
    }

    private static double bowl(double[] weights, double[] z) {
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            sum += weights[i] * z[i] * z[i];
        }
        return sum;
    }

    private static double squaredSine(double angle) {
        double sine = Math.sin(angle);
        return sine * sine;
    }

    private static double[] times(double[][] matrix, double[] z) {
        double[] product = new double[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < z.length; j++) {
                product[i] += matrix[i][j] * z[j];
            }
        }
        return product;
    }

    private static double[] vector(JsonArray values) {
        double[] vector = new double[values.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = values.get(i).getAsDouble();
        }
        return vector;
    }

    private static double[][] matrix(JsonArray rows) {
        double[][] matrix = new double[rows.size()][];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = vector(rows.get(i).getAsJsonArray());
        }
        return matrix;
    }
}
