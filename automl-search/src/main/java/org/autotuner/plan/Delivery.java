package org.autotuner.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.autotuner.budget.Budget;
import org.autotuner.budget.Deadline;
import org.autotuner.ensemble.Ensembler;
import org.autotuner.execute.Seeds;
import org.autotuner.execute.StudyData;
import org.autotuner.predict.Predictions;

/**
 * Chooses what is delivered: weights over the candidates' out-of-fold predictions, within the latency and the size
 * that the caller asked for.
 */
final class Delivery {

    private static final double LEAST_WEIGHT = 0.015;
    private static final double DEFAULT_ROW_MICROS = 350;
    /** Networks that convolve images take milliseconds, and nobody sends thousands of images a second. */
    private static final double IMAGE_ROW_MICROS = 25_000;

    private static final int MOST_OUTPUTS_ALLOWED_FOR = 6;

    private final StudyData data;
    private final EvaluationRows rows;
    private final OutOfFold outOfFold;
    private final Ensembler ensembler;
    private final Budget budget;

    Delivery(StudyData data, EvaluationRows rows, OutOfFold outOfFold, Ensembler ensembler, Budget budget) {
        this.data = data;
        this.rows = rows;
        this.outOfFold = outOfFold;
        this.ensembler = ensembler;
        this.budget = budget;
    }

    /**
     * A trial and its weight in the delivered model.
     *
     * @param isRefitted whether its one part was fitted on all rows, instead of one part per fold
     */
    record Member(FinishedTrial trial, double weight, boolean isRefitted) {

        Member(FinishedTrial trial, double weight) {
            this(trial, weight, false);
        }
    }

    /**
     * The chosen members, heaviest first.
     *
     * @param outOfFold of the weighted ensemble, one line per evaluation row
     * @param error of it on the selection rows
     */
    record Chosen(List<Member> members, Predictions outOfFold, double error) {}

    /** Chooses members among candidates; at least one candidate is given, best first. */
    Chosen choose(List<FinishedTrial> given, int mostMembers, Deadline deadline) {
        List<FinishedTrial> candidates = withinLimits(given);
        double[] weights =
                weights(candidates.stream().map(FinishedTrial::outOfFold).toList(), rows.selection(), deadline);
        Chosen chosen = assemble(candidates, weights);
        while (chosen.members().size() > 1
                && (chosen.members().size() > mostMembers || total(weights, candidates) > 1)) {
            int dropped = leastWorth(weights, candidates);
            weights[dropped] = 0;
            chosen = assemble(candidates, normalised(weights));
        }
        FinishedTrial best = candidates.get(0);
        if (best.error() <= chosen.error()) {
            return new Chosen(List.of(new Member(best, 1)), best.outOfFold(), best.error());
        }
        return chosen;
    }

    /** The candidates that alone keep the limits; all of them if none does. */
    private List<FinishedTrial> withinLimits(List<FinishedTrial> candidates) {
        List<FinishedTrial> fitting =
                candidates.stream().filter(trial -> cost(trial) <= 1).toList();
        return fitting.isEmpty() ? candidates : fitting;
    }

    /**
     * Time for one row and size as shares of their limits, the larger of both. Serving stays quick even if nobody asks,
     * but in a pure trial budget no clock may decide: equal seeds and trials give equal models.
     */
    private double cost(FinishedTrial trial) {
        double time = 0;
        double models = Math.max(1, trial.parts().size()); // under limits each member is refitted as one model
        if (budget.latency().isPresent()) {
            time = trial.rowMicros() / models * 1e3 / budget.latency().get().toNanos();
        } else if (budget.time().isPresent()) {
            time = trial.rowMicros()
                    / (data.shape().image() != null
                            ? IMAGE_ROW_MICROS
                            : DEFAULT_ROW_MICROS
                                    * Math.min(
                                            MOST_OUTPUTS_ALLOWED_FOR,
                                            data.task().outputs()));
        }
        double size = budget.modelBytes().isPresent()
                ? trial.bytes() / models / budget.modelBytes().getAsLong()
                : 0;
        return Math.max(time, size);
    }

    /** Weights over some candidates by the rows at these positions. */
    double[] weights(List<Predictions> candidates, int[] positions, Deadline deadline) {
        int[] chosenRows = rows.rowsAt(positions);
        double[] weights = ensembler.weights(new Ensembler.Choice(
                candidates.stream().map(one -> one.select(positions)).toList(),
                data.target().select(chosenRows),
                data.weights().select(chosenRows),
                data.metric(),
                Seeds.of(data.seed(), -2),
                deadline));
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] < LEAST_WEIGHT) {
                weights[i] = 0;
            }
        }
        return normalised(weights);
    }

    private Chosen assemble(List<FinishedTrial> candidates, double[] weights) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                members.add(new Member(candidates.get(i), weights[i]));
            }
        }
        members.sort((a, b) -> Double.compare(b.weight(), a.weight()));
        Predictions blended =
                blend(candidates.stream().map(FinishedTrial::outOfFold).toList(), weights);
        return new Chosen(members, blended, outOfFold.error(blended));
    }

    /** The weighted mean of predictions. */
    static Predictions blend(List<Predictions> candidates, double[] weights) {
        Predictions first = candidates.get(0);
        int outputs = first.task().outputs();
        double[] sum = new double[first.size() * outputs];
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                Predictions one = candidates.get(i);
                for (int row = 0; row < first.size(); row++) {
                    for (int k = 0; k < outputs; k++) {
                        sum[row * outputs + k] += weights[i] * one.output(row, k);
                    }
                }
            }
        }
        return Predictions.of(first.task(), sum);
    }

    /** The member that saves the most for the least weight. */
    private int leastWorth(double[] weights, List<FinishedTrial> candidates) {
        int least = -1;
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < weights.length; i++) {
            double worth = weights[i] / (cost(candidates.get(i)) + 0.01);
            if (weights[i] > 0 && worth < lowest) {
                least = i;
                lowest = worth;
            }
        }
        return least;
    }

    private double total(double[] weights, List<FinishedTrial> candidates) {
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            total += weights[i] > 0 ? cost(candidates.get(i)) : 0;
        }
        return total;
    }

    private static double[] normalised(double[] weights) {
        double sum = Arrays.stream(weights).sum();
        return sum == 0
                ? weights
                : Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }
}
