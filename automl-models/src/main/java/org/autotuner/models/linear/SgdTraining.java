package org.autotuner.models.linear;

import com.oracle.labs.mlrg.olcut.util.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.model.ErrorCurve;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.TrainingData;
import org.autotuner.score.Scorer;
import org.tribuo.math.FeedForwardParameters;
import org.tribuo.math.la.DenseVector;
import org.tribuo.math.la.SGDVector;
import org.tribuo.math.optimisers.AdaGrad;

/**
 * Stochastic gradient descent over Tribuo's parameters by its AdaGrad (Duchi, Hazan and Singer 2011), row by row.
 * Tribuo's own trainers are left out: they name every feature, print to the host's log, and know neither deadlines
 * nor validation rows. Traces the error after each epoch and stops when it has not fallen for some. One use; not
 * thread-safe.
 */
final class SgdTraining {

    private static final int ROWS_PER_CHECK = 256;
    /** Rows after which an unfinished first epoch is worth keeping. */
    private static final int USABLE_ROWS = 2000;

    private static final int PATIENCE = 2;
    private static final double EPSILON = 1e-6;

    private final TrainingData data;
    private final FitContext context;
    private final SgdModel model;
    private final Loss loss;
    private final AdaGrad optimiser;
    private final int epochs;
    private final List<Integer> steps = new ArrayList<>();
    private final List<Double> errors = new ArrayList<>();
    private final List<Scorer> scorers = new ArrayList<>();

    SgdTraining(TrainingData data, FitContext context, SgdModel model, Loss loss, double rate, int epochs) {
        this.data = data;
        this.context = context;
        this.model = model;
        this.loss = loss;
        this.optimiser = new AdaGrad(rate, EPSILON);
        this.epochs = context.steps() > 0 ? context.steps() : epochs;
        optimiser.initialise(model.parameters());
    }

    FittedModel fit() {
        context.deadline().check();
        Deadline deadline = context.deadlineOfShare();
        SGDVector[] rows = SgdRows.of(data.features(), model.biasIsFeature());
        int[] order = IntStream.range(0, rows.length)
                .filter(row -> data.weights().at(row) > 0)
                .toArray();
        SplittableRandom random = new SplittableRandom(context.seed());
        double mean =
                IntStream.of(order).mapToDouble(data.weights()::at).average().orElse(1);
        int worse = 0;
        for (int epoch = 1; epoch <= epochs && worse < PATIENCE; epoch++) {
            shuffle(order, random);
            int done = pass(rows, order, mean, deadline);
            if (done < order.length) {
                if (!scorers.isEmpty()) {
                    break;
                }
                if (done < USABLE_ROWS) {
                    throw new DeadlineExceededException("The time was up after %d rows.".formatted(done));
                }
            }
            double error = keep(epoch);
            worse = error < bestBefore() ? 0 : worse + 1;
            boolean goOn = data.validation() == null || context.progress().report(epoch, error);
            if (!goOn || done < order.length) {
                break;
            }
            worse = context.steps() > 0 || data.validation() == null ? 0 : worse;
        }
        return finish();
    }

    /** One pass over the rows; returns how many were read before the time was up. */
    private int pass(SGDVector[] rows, int[] order, double meanWeight, Deadline deadline) {
        FeedForwardParameters parameters = model.parameters();
        double[] z = new double[loss.outputs()];
        for (int i = 0; i < order.length; i++) {
            if (i % ROWS_PER_CHECK == 0 && deadline.isOver()) {
                return i;
            }
            int row = order[i];
            DenseVector scores = parameters.predict(rows[row]);
            for (int k = 0; k < z.length; k++) {
                z[k] = scores.get(k);
            }
            double value = loss.at(row, z);
            for (int k = 0; k < z.length; k++) {
                z[k] = -z[k]; // Tribuo goes uphill
            }
            parameters.update(optimiser.step(
                    parameters.gradients(new Pair<>(value, DenseVector.createDenseVector(z)), rows[row]),
                    data.weights().at(row) / meanWeight));
        }
        return order.length;
    }

    private double keep(int epoch) {
        TrainingData validation = data.validation();
        Scorer scorer = model.scorer();
        double error = validation == null ? Double.NaN : validation.error(scorer, context.metric());
        if (validation == null) {
            scorers.clear();
        }
        steps.add(epoch);
        errors.add(error);
        scorers.add(scorer);
        return error;
    }

    private double bestBefore() {
        return errors.subList(0, errors.size() - 1).stream()
                .mapToDouble(Double::doubleValue)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private FittedModel finish() {
        if (data.validation() == null) {
            return FittedModel.of(scorers.get(0));
        }
        List<Scorer> kept = List.copyOf(scorers);
        return FittedModel.ofCurve(new ErrorCurve(steps, errors), kept::get);
    }

    private static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
    }
}
