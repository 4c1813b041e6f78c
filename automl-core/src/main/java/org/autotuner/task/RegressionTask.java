package org.autotuner.task;

import java.util.List;

/** A real value; its mean is predicted. */
public record RegressionTask(String target) implements Task {

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public List<String> labels() {
        return List.of();
    }

    @Override
    public String kind() {
        return "regression";
    }
}
