package org.autotuner;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.autotuner.study.RunningTrial;

/** What a {@link ParetoSearch} is after. Immutable. */
record Goals(List<Goal> objectives, List<Limit> limits) {

    /** An objective. */
    record Goal(String name, boolean isMaximised) {
        /** Between the caller's sign and the study's, in which lower is better. */
        double turned(double value) {
            return isMaximised ? 0.0 - value : value;
        }

        @Override
        public String toString() {
            return (isMaximised ? "maximize " : "minimize ") + name;
        }
    }

    /** A constraint. */
    record Limit(String name, double bound, boolean isLowest) {
        double violation(double value) {
            return value == bound ? 0 : isLowest ? bound - value : value - bound;
        }

        @Override
        public String toString() {
            return "%s at %s %s".formatted(name, isLowest ? "least" : "most", bound);
        }
    }

    Goals {
        objectives = List.copyOf(objectives);
        limits = List.copyOf(limits);
    }

    List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (objectives.isEmpty()) {
            faults.add("there is no objective: say minimize(name) or maximize(name).");
        }
        Set<String> names = new HashSet<>();
        for (Goal goal : objectives) {
            if (!names.add(goal.name())) {
                faults.add("the objective '%s' is given twice.".formatted(goal.name()));
            }
        }
        for (Limit limit : limits) {
            if (Double.isNaN(limit.bound())) {
                faults.add("the limit of '%s' is not a number.".formatted(limit.name()));
            }
        }
        return faults;
    }

    /** Index of an objective among the values of a trial. */
    int indexOf(String name) {
        for (int i = 0; i < objectives.size(); i++) {
            if (objectives.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("'%s' is not one of the objectives %s.".formatted(name, objectives));
    }

    Evaluation evaluation(ParetoObjective objective) {
        return trial -> measured(trial, objective.evaluate(trial));
    }

    /**
     * In the study's sign; measures that are no objectives are noted as attributes of the trial.
     *
     * @throws IllegalArgumentException if an objective or limit is missing
     */
    Evaluation.Measured measured(RunningTrial trial, Map<String, ? extends Number> measured) {
        List<Double> values = new ArrayList<>();
        for (Goal goal : objectives) {
            values.add(goal.turned(number(measured, goal.name())));
        }
        List<Double> violations = new ArrayList<>();
        for (Limit limit : limits) {
            violations.add(limit.violation(number(measured, limit.name())));
        }
        note(trial, measured);
        return new Evaluation.Measured(values, violations);
    }

    private void note(RunningTrial trial, Map<String, ? extends Number> measured) {
        Set<String> names = new HashSet<>(measured.keySet());
        objectives.forEach(goal -> names.remove(goal.name()));
        for (String name : names) {
            trial.setAttribute(name, Double.toString(number(measured, name)));
        }
    }

    private static double number(Map<String, ? extends Number> measured, String name) {
        Number value = measured.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "There is no '%s' among what was measured: %s.".formatted(name, measured.keySet()));
        }
        return value.doubleValue();
    }

    /** Tells one search from another; part of the journal's first line. */
    @Override
    public String toString() {
        List<Object> all = new ArrayList<>(objectives);
        all.addAll(limits);
        return all.toString();
    }
}
