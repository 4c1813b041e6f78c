package org.autotuner.task;

import java.util.List;

/**
 * Two classes.
 *
 * @param negative label 0
 * @param positive label 1, whose probability is predicted
 */
public record BinaryTask(String target, String negative, String positive) implements Task {

    public BinaryTask {
        if (negative.equals(positive)) {
            throw new IllegalArgumentException("The two labels must differ, but both are '%s'.".formatted(positive));
        }
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public List<String> labels() {
        return List.of(negative, positive);
    }

    @Override
    public String kind() {
        return "binary";
    }
}
