package org.autotuner.optimize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.autotuner.optimize.Observations.Observation;
import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialOutcome;

/** The trials of a history by how good they are in several objectives and how far from the constraints. Immutable. */
final class ParetoPopulation {

    /**
     * A completed trial.
     *
     * @param values one per objective, finite
     * @param violation sum over the constraints, each as a share of the largest violation of it so far; 0 where all hold
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and the vectors are shared on purpose
    record Member(int number, double[] vector, double[] values, double violation) {}

    private final List<Member> members;
    private final List<double[]> others;

    private ParetoPopulation(List<Member> members, List<double[]> others) {
        this.members = members;
        this.others = others;
    }

    /** @param observations which have learned the same history */
    static ParetoPopulation of(StudyHistory history, Observations observations) {
        Map<Integer, double[]> vectors = new HashMap<>();
        for (Observation one : observations.all()) {
            vectors.put(one.number(), one.vector());
        }
        List<double[]> others = new ArrayList<>();
        List<Trial> completed = new ArrayList<>();
        for (Trial trial : history.trials()) {
            if (trial.outcome() instanceof TrialOutcome.Completed done
                    && done.values().stream().allMatch(Double::isFinite)) {
                completed.add(trial);
            } else {
                others.add(Objects.requireNonNull(vectors.get(trial.number())));
            }
        }
        List<TrialOutcome.Completed> outcomes = completed.stream()
                .map(trial -> (TrialOutcome.Completed) Objects.requireNonNull(trial.outcome()))
                .toList();
        double[] largest = largest(outcomes);
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            int number = completed.get(i).number();
            members.add(new Member(
                    number,
                    Objects.requireNonNull(vectors.get(number)),
                    outcomes.get(i).values().stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray(),
                    violation(outcomes.get(i), largest)));
        }
        return new ParetoPopulation(members, others);
    }

    /** Completed trials in number order. */
    List<Member> members() {
        return members;
    }

    /** Vectors of trials that run, failed, were pruned, or have a value that is infinite. */
    List<double[]> others() {
        return others;
    }

    /**
     * The completed trials in fronts, best first: those that keep all constraints by rank, then the others in the order
     * of their violation, each a front of its own.
     *
     * @param enough fronts are told apart until they hold so many trials; the others follow as one
     */
    List<List<Member>> fronts(int enough) {
        List<Member> feasible =
                members.stream().filter(member -> member.violation() == 0).toList();
        List<List<Member>> fronts = new ArrayList<>();
        int[] ranks = Pareto.ranks(feasible.stream().map(Member::values).toList(), enough);
        for (int i = 0; i < ranks.length; i++) {
            while (fronts.size() <= ranks[i]) {
                fronts.add(new ArrayList<>());
            }
            fronts.get(ranks[i]).add(feasible.get(i));
        }
        members.stream()
                .filter(member -> member.violation() > 0)
                .sorted(Comparator.comparingDouble(Member::violation).thenComparingInt(Member::number))
                .forEach(member -> fronts.add(List.of(member)));
        return fronts;
    }

    /** The members of a front, those whose neighbours in the objectives are far away first (Deb and others, 2002). */
    static List<Member> byCrowding(List<Member> front) {
        if (front.size() < 3) {
            return front;
        }
        double[] distances = new double[front.size()];
        for (int objective = 0; objective < front.get(0).values().length; objective++) {
            int at = objective;
            int[] order = IntStream.range(0, front.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> front.get(i).values()[at]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            double range = front.get(order[order.length - 1]).values()[at]
                    - front.get(order[0]).values()[at];
            distances[order[0]] = Double.POSITIVE_INFINITY;
            distances[order[order.length - 1]] = Double.POSITIVE_INFINITY;
            for (int i = 1; i + 1 < order.length && range > 0; i++) {
                distances[order[i]] += (front.get(order[i + 1]).values()[at]
                                - front.get(order[i - 1]).values()[at])
                        / range;
            }
        }
        return IntStream.range(0, front.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -distances[i]))
                .map(front::get)
                .toList();
    }

    private static double[] largest(List<TrialOutcome.Completed> completed) {
        double[] largest = new double[0];
        for (TrialOutcome.Completed done : completed) {
            largest = Arrays.copyOf(
                    largest, Math.max(largest.length, done.violations().size()));
            for (int i = 0; i < done.violations().size(); i++) {
                double violation = done.violations().get(i);
                largest[i] = Math.max(largest[i], Double.isInfinite(violation) ? 0 : violation);
            }
        }
        return largest;
    }

    private static double violation(TrialOutcome.Completed done, double[] largest) {
        double sum = 0;
        for (int i = 0; i < done.violations().size(); i++) {
            double violation = done.violations().get(i);
            if (violation > 0) {
                sum += violation == Double.POSITIVE_INFINITY ? violation : violation / largest[i];
            }
        }
        return sum;
    }
}
