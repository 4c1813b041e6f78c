package org.autotuner.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.autotuner.model.DataShape;
import org.autotuner.model.TrainingData;
import org.autotuner.space.Configuration;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

class NeighboursFamilyTest {

    private final NeighboursFamily family = new NeighboursFamily();
    private final DataShape shape = new DataShape(new BinaryTask("y", "a", "b"), 1000, 2, 0, 0, 0);

    private Configuration of(int neighbours, String weights) {
        return family.space(shape)
                .defaults()
                .with(NeighboursFamily.NEIGHBOURS, neighbours)
                .with(NeighboursFamily.WEIGHTS, weights);
    }

    private double[] values(int neighbours, String weights, Weights rowWeights, float query) {
        TrainingData data = new TrainingData(
                new RegressionTask("y"), Rings.matrix(1, 0, 1, 3), Target.ofValues(10, 20, 40), rowWeights, null);
        return Rings.score(
                family.fit(data, of(neighbours, weights), Rings.context()).scorer(), Rings.matrix(1, query));
    }

    @Test
    void averagesTheNearestValues() {
        assertThat(values(2, "uniform", Weights.none(), 0.25f)).containsExactly(new double[] {15}, within(1e-9));
        // Distances 0.25 and 0.75: weights 4 and 4/3.
        assertThat(values(2, "distance", Weights.none(), 0.25f)).containsExactly(new double[] {12.5}, within(1e-5));
    }

    @Test
    void rowsOfNoWeightAreLeftOut() {
        assertThat(values(1, "uniform", Weights.of(0, 1, 1), 0)).containsExactly(20);
    }

    @Test
    void noClassEverGetsProbabilityZero() {
        TrainingData data = Rings.labelled(300, 3, 1);
        double[] p =
                Rings.score(family.fit(data, of(1, "distance"), Rings.context()).scorer(), data.features());
        assertThat(Arrays.stream(p).min().orElseThrow()).isGreaterThan(1e-3);
        for (int row = 0; row < 300; row++) {
            assertThat(p[3 * row] + p[3 * row + 1] + p[3 * row + 2]).isCloseTo(1, within(1e-9));
            assertThat(p[3 * row + data.target().label(row)])
                    .as("itself, row " + row)
                    .isGreaterThan(0.5);
        }
    }

    @Test
    void tellsRingsApart() {
        TrainingData data = Rings.labelled(1000, 3, 2);
        assertThat(Rings.accuracy(
                        family.fit(data, of(15, "distance"), Rings.context()).scorer(), Rings.labelled(1000, 3, 3)))
                .isGreaterThan(0.85);
    }

    @Test
    void manyRowsAreStoodForByASampleOfThem() {
        TrainingData data = Rings.labelled(25_000, 2, 4);
        var scorer = family.fit(data, of(15, "uniform"), Rings.context()).scorer();
        assertThat(Rings.accuracy(scorer, Rings.labelled(200, 2, 5))).isGreaterThan(0.88);
        assertThat(Rings.score(
                        family.fit(data, of(15, "uniform"), Rings.context()).scorer(), Rings.plane(50, 6)))
                .isEqualTo(Rings.score(scorer, Rings.plane(50, 6)));
    }

    @Test
    void declinesWhatItCannotDo() {
        assertThat(family.unsuitable(shape)).isEmpty();
        assertThat(family.unsuitable(new DataShape(shape.task(), 60_000, 2, 0, 0, 0)))
                .isPresent();
        assertThat(family.unsuitable(new DataShape(shape.task(), 600, 0, 0, 0, 2)))
                .as("texts have topics")
                .isEmpty();
        assertThat(family.startingPoints(shape)).allMatch(family.space(shape)::contains);
        assertThat(family.cost(of(5, "uniform"), shape).interruptible()).isTrue();
    }

    @Test
    void quantilesAreThoseOfTheNeighbours() {
        TrainingData data = new TrainingData(
                new QuantileTask("y", List.of(0.25, 0.5)),
                Rings.matrix(1, 0, 0.1f, 0.2f, 0.3f, 9),
                Target.ofValues(1, 2, 3, 4, 99),
                Weights.none(),
                null);
        assertThat(Rings.score(
                        family.fit(data, of(4, "uniform"), Rings.context()).scorer(), Rings.matrix(1, 0.1f)))
                .containsExactly(1.5, 2.5);
    }

    @Test
    void theMetricDecidesWhoIsNear() {
        TrainingData data = new TrainingData(
                new RegressionTask("y"), Rings.matrix(2, 3, 0, 2, 2), Target.ofValues(10, 20), Weights.none(), null);
        Configuration one = of(1, "uniform");
        for (String metric : List.of("euclidean", "manhattan")) {
            assertThat(Rings.score(
                            family.fit(data, one.with(NeighboursFamily.METRIC, metric), Rings.context())
                                    .scorer(),
                            Rings.matrix(2, 0, 0)))
                    .containsExactly(metric.equals("manhattan") ? 10 : 20);
        }
    }
}
