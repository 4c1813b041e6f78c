package org.autotuner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.autotuner.insight.StudyInsight;
import org.autotuner.optimize.Pareto;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialOutcome;

/**
 * What a {@link ParetoSearch} found. All values have the caller's sign, and are in a trial's outcome in the order in which
 * the objectives were given. Immutable and thread-safe.
 */
public final class ParetoResult {

    private final SearchSpace space;
    private final Goals goals;
    private final StudyResult inner;
    private final List<Trial> trials;
    private final List<Trial> front;

    /** @param inner in which lower is better */
    ParetoResult(SearchSpace space, Goals goals, StudyResult inner) {
        this.space = space;
        this.goals = goals;
        this.inner = inner;
        this.trials = inner.trials().stream().map(this::turned).toList();
        List<Trial> feasible = inner.trials().stream().filter(Trial::isFeasible).toList();
        List<double[]> points = feasible.stream().map(ParetoResult::point).toList();
        int[] ranks = Pareto.ranks(points, 1);
        this.front = IntStream.range(0, feasible.size())
                .filter(i -> ranks[i] == 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> points.get(i)[0]))
                .map(i -> trials.get(feasible.get(i).number()))
                .toList();
    }

    /**
     * The completed trials that keep all limits and that no other such trial beats: none is at least as good in every
     * objective and better in one. The best of the first objective comes first; empty if no trial kept the limits.
     */
    public List<Trial> front() {
        return front;
    }

    /** All trials in number order, those of earlier runs in the same storage included. */
    public List<Trial> trials() {
        return trials;
    }

    /**
     * What an objective or another measure was in a trial.
     *
     * @throws IllegalArgumentException if the trial did not complete, or the objective did not return it
     */
    public double value(Trial trial, String name) {
        if (!(trial.outcome() instanceof TrialOutcome.Completed completed)) {
            throw new IllegalArgumentException("Trial %d did not complete.".formatted(trial.number()));
        }
        boolean isObjective =
                goals.objectives().stream().anyMatch(goal -> goal.name().equals(name));
        if (isObjective) {
            return completed.values().get(goals.indexOf(name));
        }
        String noted = trial.attributes().get(name);
        if (noted == null) {
            throw new IllegalArgumentException(
                    "Trial %d has no measure '%s', but the objectives %s and the measures %s."
                            .formatted(
                                    trial.number(),
                                    name,
                                    goals.objectives(),
                                    trial.attributes().keySet()));
        }
        return Double.parseDouble(noted);
    }

    /**
     * The trial that is best in one objective among those that keep all limits, the earliest among equals; empty if none
     * does. With a single objective it is simply the best trial.
     *
     * @throws IllegalArgumentException if there is no such objective
     */
    public Optional<Trial> best(String objective) {
        return best(objective, Map.of());
    }

    /**
     * The trial that is best in one objective among those that keep all limits and are besides no worse than given values
     * of other objectives; empty if none is.
     *
     * @param limits by name of objective: at most so much where it is minimised, at least so much where it is maximised
     * @throws IllegalArgumentException if there is no such objective
     */
    public Optional<Trial> best(String objective, Map<String, ? extends Number> limits) {
        int at = goals.indexOf(objective);
        return inner.trials().stream()
                .filter(Trial::isFeasible)
                .filter(trial -> limits.entrySet().stream().allMatch(limit -> {
                    int other = goals.indexOf(limit.getKey());
                    double bound = limit.getValue().doubleValue();
                    return point(trial)[other] <= goals.objectives().get(other).turned(bound);
                }))
                .min(Comparator.comparingDouble((Trial trial) -> point(trial)[at])
                        .thenComparing(Trial::number))
                .map(trial -> trials.get(trial.number()));
    }

    /**
     * Volume of the values that the front beats, up to a reference: more is better, also for following a search. It is
     * exact, and fast for up to about five objectives. Trials that are not better than the reference in every objective
     * count nothing.
     *
     * @param reference by name of objective a value just worse than what is acceptable, the same for all fronts to compare
     * @throws IllegalArgumentException if it lacks an objective
     */
    public double hypervolume(Map<String, ? extends Number> reference) {
        double[] corner = new double[goals.objectives().size()];
        for (int i = 0; i < corner.length; i++) {
            Goals.Goal goal = goals.objectives().get(i);
            Number value = reference.get(goal.name());
            if (value == null) {
                throw new IllegalArgumentException(
                        "The reference has no value of the objective '%s'.".formatted(goal.name()));
            }
            corner[i] = goal.turned(value.doubleValue());
        }
        return Pareto.hypervolume(
                front.stream()
                        .map(trial -> point(inner.trials().get(trial.number())))
                        .toList(),
                corner);
    }

    /**
     * What mattered for one objective, over all completed trials; worked out with each call.
     *
     * @throws IllegalArgumentException if there is no such objective
     */
    public StudyInsight insight(String objective) {
        int at = goals.indexOf(objective);
        List<Trial> seen = trials.stream()
                .map(trial -> trial.outcome() instanceof TrialOutcome.Completed completed
                        ? trial.withOutcome(new TrialOutcome.Completed(
                                List.of(completed.values().get(at)), completed.violations(), completed.seconds()))
                        : trial)
                .toList();
        return goals.objectives().get(at).isMaximised()
                ? StudyInsight.ofMaximised(space, seen)
                : StudyInsight.of(space, seen);
    }

    /** Wall-clock time of this run. */
    public Duration elapsed() {
        return inner.elapsed();
    }

    /** Why the study ended. */
    public StudyResult.End end() {
        return inner.end();
    }

    /** What the user should know, such as damage that was found in the storage and what became of it. */
    public List<String> warnings() {
        return inner.warnings();
    }

    /** The front, a line per trial. */
    @Override
    public String toString() {
        String lines = front.stream()
                .map(trial -> "%n%s with %s"
                        .formatted(
                                goals.objectives().stream()
                                        .map(goal -> goal.name() + " " + value(trial, goal.name()))
                                        .collect(Collectors.joining(", ")),
                                trial.configuration()))
                .collect(Collectors.joining());
        return "%d trials in %.1f s, front of %d:%s"
                .formatted(trials.size(), elapsed().toNanos() * 1e-9, front.size(), lines);
    }

    private static double[] point(Trial trial) {
        return ((TrialOutcome.Completed) java.util.Objects.requireNonNull(trial.outcome()))
                .values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    private Trial turned(Trial trial) {
        if (!(trial.outcome() instanceof TrialOutcome.Completed completed)) {
            return trial;
        }
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < completed.values().size(); i++) {
            values.add(goals.objectives().get(i).turned(completed.values().get(i)));
        }
        return trial.withOutcome(new TrialOutcome.Completed(values, completed.violations(), completed.seconds()));
    }
}
