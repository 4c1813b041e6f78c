package org.autotuner.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.autotuner.bundle.Node;
import org.autotuner.error.BundleException;
import org.autotuner.predict.Predictions;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.Task;
import org.junit.jupiter.api.Test;

class ConfidenceTest {

    private static final Task TASK = new MulticlassTask("y", List.of("a", "b", "c"));

    /** Largest probabilities 0.4, 0.5, 0.6, 0.8 and 0.9. */
    private static final Predictions FIVE = Predictions.of(
            TASK, new double[] {0.4, 0.3, 0.3, 0.1, 0.9, 0, 0.2, 0.2, 0.6, 0.5, 0.25, 0.25, 0.1, 0.1, 0.8});

    @Test
    void theShareIsThatOfRowsWithALowerProbability() {
        Confidence confidence = Confidence.fit(FIVE);
        assertThat(confidence.share(0.39)).isZero();
        assertThat(confidence.share(0.4)).isZero();
        assertThat(confidence.share(0.5)).isCloseTo(0.25, within(1e-12));
        assertThat(confidence.share(0.7)).isCloseTo(0.625, within(1e-12));
        assertThat(confidence.share(0.9)).isOne();
        assertThat(confidence.share(1)).isOne();
        assertThat(Confidence.largest(FIVE, 2)).isEqualTo(0.6);
    }

    @Test
    void manyRowsAreKeptAsQuantiles() {
        double[] all = new double[3 * 10_001];
        for (int row = 0; row <= 10_000; row++) {
            double p = 0.4 + 0.6 * row / 10_000;
            all[3 * row] = p;
            all[3 * row + 1] = 1 - p;
        }
        Confidence confidence = Confidence.fit(Predictions.of(TASK, all));
        for (double share : new double[] {0.001, 0.05, 0.333, 0.9999}) {
            assertThat(confidence.share(Math.max(0.4 + 0.6 * share, 0.6 - 0.6 * share)))
                    .isCloseTo(TestShares.of(all, Math.max(0.4 + 0.6 * share, 0.6 - 0.6 * share)), within(0.006));
        }
    }

    /** The share by counting. */
    private static final class TestShares {
        static double of(double[] all, double largest) {
            int lower = 0;
            for (int row = 0; row < all.length / 3; row++) {
                lower += Math.max(all[3 * row], all[3 * row + 1]) < largest ? 1 : 0;
            }
            return lower / (all.length / 3.0);
        }
    }

    @Test
    void itIsTheSameAfterWritingAndReading() {
        Node node = Node.root();
        Confidence.fit(FIVE).write(node);
        assertThat(Confidence.read(node).share(0.7))
                .isEqualTo(Confidence.fit(FIVE).share(0.7));
        node.put("quantiles", new double[] {0.5, 0.4});
        assertThatThrownBy(() -> Confidence.read(node)).isInstanceOf(BundleException.class);
        node.put("quantiles", new double[0]);
        assertThatThrownBy(() -> Confidence.read(node)).isInstanceOf(BundleException.class);
    }

    /** Classes at -1, 0 and 1. */
    private static Familiarity familiarity() {
        FamiliarityFit fit = new FamiliarityFit(1, 3, 1);
        for (int row = 0; row < 30; row++) {
            fit.add(new float[] {row % 3 - 1 + 0.01f * (row % 10 - 4.5f)}, 0, row % 3, 0);
        }
        return fit.ofAll().orElseThrow();
    }

    @Test
    void whatIsFarFromAllClassesIsLessSure() {
        Familiarity familiarity = familiarity();
        float[] near = {0.02f, -0.98f, 1.01f, 0, 1.02f};
        List<Familiarity.Score> scores = IntStream.range(0, 5)
                .mapToObj(row -> familiarity.score(near, row))
                .toList();
        Confidence confidence = Confidence.fit(FIVE, "some", familiarity, scores);
        assertThat(confidence.encoder()).contains("some");
        assertThat(confidence.width()).isOne();
        assertThat(confidence.share(0.7)).isCloseTo(0.625, within(1e-12));
        assertThat(confidence.share(0.9, near, 2)).isGreaterThan(0.5);
        assertThat(confidence.share(0.5, new float[] {0.5f}, 0))
                .as("between two classes")
                .isLessThan(0.2);
        assertThat(confidence.share(0.39, new float[] {0.5f}, 0)).isZero();

        Node node = Node.root();
        confidence.write(node);
        for (double largest : new double[] {0.3, 0.7, 1}) {
            assertThat(Confidence.read(node).share(largest, near, 1)).isEqualTo(confidence.share(largest, near, 1));
        }
        node.node("vectors").put("all", new double[] {1, 3.5});
        assertThatThrownBy(() -> Confidence.read(node)).isInstanceOf(BundleException.class);
        node.node("vectors").put("all", new double[] {1, 3}).put("relative", new double[] {Double.NaN});
        assertThatThrownBy(() -> Confidence.read(node)).isInstanceOf(BundleException.class);
        assertThatThrownBy(() -> Confidence.fit(FIVE).share(0.9, near, 0)).isInstanceOf(IllegalStateException.class);
    }
}
