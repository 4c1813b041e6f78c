package org.autotuner.task;

import java.util.List;

/**
 * Three or more classes (two are allowed where the caller asks for it).
 *
 * @param labels in probability order
 */
public record MulticlassTask(String target, List<String> labels) implements Task {

    public MulticlassTask {
        labels = List.copyOf(labels);
        if (labels.size() < 2 || labels.stream().distinct().count() != labels.size()) {
            throw new IllegalArgumentException(
                    "At least two different labels are needed, but they are %s.".formatted(labels));
        }
    }

    @Override
    public int outputs() {
        return labels.size();
    }

    @Override
    public String kind() {
        return "multiclass";
    }
}
