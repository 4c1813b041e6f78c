package org.autotuner.model;

import java.util.List;
import org.autotuner.score.Scorer;

/**
 * One model of an {@link AutoModel}: its parts (the models of the folds, or a single one) are averaged.
 *
 * @param name as on the leaderboard
 * @param weight share in the prediction, positive and finite; the shares are divided by their sum
 * @param parts at least one
 */
public record Member(String name, double weight, List<Part> parts) {

    public Member {
        parts = List.copyOf(parts);
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(
                    "The weight of '%s' is %s, but must be positive and finite.".formatted(name, weight));
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("Member '%s' has no parts.".formatted(name));
        }
    }

    Member withWeight(double given) {
        return new Member(name, given, parts);
    }

    /**
     * A scorer and the features it reads.
     *
     * @param preparation number of the preparation in {@link AutoModel#preparations()}
     */
    public record Part(int preparation, Scorer scorer) {}
}
