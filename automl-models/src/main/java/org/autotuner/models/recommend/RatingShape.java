package org.autotuner.models.recommend;

import java.util.Optional;
import org.autotuner.model.DataShape;

/** Which data is for the families of ratings. */
final class RatingShape {

    private RatingShape() {}

    static Optional<String> unsuitable(DataShape shape) {
        return shape.ratings()
                ? Optional.empty()
                : Optional.of("no columns of users and items were named: AutoTuner.builder().user(..).item(..).");
    }
}
