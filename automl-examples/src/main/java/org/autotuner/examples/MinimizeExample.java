package org.autotuner.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.autotuner.AutoTuner;
import org.autotuner.StudyResult;
import org.autotuner.budget.Budget;
import org.autotuner.insight.StudyInsight;
import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;

/**
 * Tunes a program of one's own: a network of one hidden layer, trained by plain gradient descent with dropout, that
 * learns the sine. Tells which settings mattered, and writes a page about the study. Nothing of the library's models takes part; search and core alone are enough.
 */
public final class MinimizeExample {

    private static final int ROWS = 256;
    private static final int EPOCHS = 60;

    private MinimizeExample() {}

    /** Told the loss after each epoch; answers whether to go on. */
    @FunctionalInterface
    interface Reporter {
        void report(int step, double loss);
    }

    /** Runs the program. */
    public static void main(String[] arguments) throws IOException {
        RealParameter rate = Parameter.reals("learning_rate", 1e-4, 1e-1).log();
        RealParameter dropout = Parameter.reals("dropout", 0.0, 0.5);
        ChoiceParameter<Integer> hidden = Parameter.choice("hidden_dim", 8, 16, 32);
        StudyResult best = AutoTuner.minimize(
                SearchSpace.of(rate, dropout, hidden),
                trial -> validationLoss(trial.get(rate), trial.get(dropout), trial.get(hidden), trial::report),
                Budget.ofTrials(40));
        System.out.println(best);
        StudyInsight insight = best.insight();
        insight.importance().forEach(System.out::println);
        Path page = Files.createTempFile("autotuner-study", ".html");
        System.out.println("Look at " + insight.writeTo(page));
    }

    /** Mean squared error on fresh points after training with these settings. */
    static double validationLoss(double rate, double dropout, int hidden, Reporter reporter) {
        SplittableRandom random = new SplittableRandom(1);
        double[] in = random.doubles(hidden, -2, 2).toArray();
        double[] bias = random.doubles(hidden, -2, 2).toArray();
        double[] out = random.doubles(hidden, -0.5, 0.5).toArray();
        double[] activation = new double[hidden];
        double loss = Double.NaN;
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            for (int row = 0; row < ROWS; row++) {
                double x = random.nextDouble(-Math.PI, Math.PI);
                double predicted = forward(x, in, bias, out, activation);
                for (int unit = 0; unit < hidden; unit++) {
                    if (random.nextDouble() < dropout) {
                        predicted -= out[unit] * activation[unit];
                        activation[unit] = 0;
                    }
                }
                double error = predicted - Math.sin(x);
                for (int unit = 0; unit < hidden; unit++) {
                    double slope = error * out[unit] * (1 - activation[unit] * activation[unit]);
                    out[unit] -= rate * error * activation[unit];
                    if (activation[unit] != 0) {
                        in[unit] -= rate * slope * x;
                        bias[unit] -= rate * slope;
                    }
                }
            }
            loss = Arrays.stream(grid())
                    .map(x -> forward(x, in, bias, out, activation) - Math.sin(x))
                    .map(error -> error * error)
                    .average()
                    .orElseThrow();
            reporter.report(epoch, loss);
        }
        return loss;
    }

    private static double forward(double x, double[] in, double[] bias, double[] out, double[] activation) {
        double sum = 0;
        for (int unit = 0; unit < in.length; unit++) {
            activation[unit] = Math.tanh(in[unit] * x + bias[unit]);
            sum += out[unit] * activation[unit];
        }
        return sum;
    }

    private static double[] grid() {
        double[] points = new double[101];
        Arrays.setAll(points, i -> -Math.PI + i * Math.PI / 50);
        return points;
    }
}
