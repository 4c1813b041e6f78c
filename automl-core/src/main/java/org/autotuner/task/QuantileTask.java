package org.autotuner.task;

import java.util.List;

/**
 * Quantiles of a real value.
 *
 * @param levels strictly increasing, each in (0, 1)
 */
public record QuantileTask(String target, List<Double> levels) implements Task {

    public QuantileTask {
        levels = List.copyOf(levels);
        double before = 0;
        for (double level : levels) {
            if (!(level > before && level < 1)) {
                throw new IllegalArgumentException(
                        "Quantile levels must increase within (0, 1), but are %s.".formatted(levels));
            }
            before = level;
        }
        if (levels.isEmpty()) {
            throw new IllegalArgumentException("At least one quantile level is needed.");
        }
    }

    @Override
    public int outputs() {
        return levels.size();
    }

    @Override
    public List<String> labels() {
        return List.of();
    }

    @Override
    public String kind() {
        return "quantile";
    }
}
