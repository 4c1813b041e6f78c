package org.autotuner.model;

import java.util.List;

/**
 * Validation error after some numbers of steps.
 *
 * @param steps increasing numbers of finished rounds or epochs
 * @param errors validation error after each, lower is better
 */
public record ErrorCurve(List<Integer> steps, List<Double> errors) {

    /** No measurement. */
    public static final ErrorCurve EMPTY = new ErrorCurve(List.of(), List.of());

    public ErrorCurve {
        steps = List.copyOf(steps);
        errors = List.copyOf(errors);
        if (steps.size() != errors.size()) {
            throw new IllegalArgumentException("%d steps, but %d errors.".formatted(steps.size(), errors.size()));
        }
    }

    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** Error after {@code step}: the last one measured at or before it, the first one if there is none. */
    public double at(int step) {
        double error = errors.get(0);
        for (int i = 0; i < steps.size() && steps.get(i) <= step; i++) {
            error = errors.get(i);
        }
        return error;
    }

    /** Position of the first least error; undefined ones come last. */
    public int best() {
        int best = 0;
        for (int i = 1; i < errors.size(); i++) {
            if (errors.get(i) < errors.get(best) || Double.isNaN(errors.get(best))) {
                best = i;
            }
        }
        return best;
    }

    public int lastStep() {
        return steps.get(steps.size() - 1);
    }
}
