package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.junit.jupiter.api.Test;

class AcquisitionTest {

    private static final Encoding MIXED = new Encoding(SearchSpace.of(
            Parameter.reals("x", 0, 1),
            Parameter.ints("n", 0, 30),
            Parameter.choice("kind", "a", "b").when("b", SearchSpace.of(Parameter.ints("m", 1, 4)))));

    private final GaussianProcess process = process();
    private final double[] low = new double[4];
    private final double[] high = {1, 1, 1, 1};

    private static GaussianProcess process() {
        double[] logs = {Math.log(0.3), Math.log(0.5), Math.log(0.5), Math.log(0.8), Math.log(1e-4)};
        GaussianProcess process = new GaussianProcess(new Covariance(MIXED, logs));
        SplittableRandom random = new SplittableRandom(3);
        double[] values = new double[25];
        for (int i = 0; i < values.length; i++) {
            double[] row = Covariance.filled(MIXED.snap(random.doubles(4).toArray()));
            process.append(row);
            values[i] = Math.sin(7 * row[0]) + row[1] - 0.5 * row[2] + Math.abs(row[3] - 0.6);
        }
        process.condition(values);
        return process;
    }

    private Acquisition acquisition(double incumbent, Predicate<double[]> isNew) {
        return new Acquisition(MIXED, process, incumbent, isNew, low, high, List.of());
    }

    private static double[] best(Acquisition acquisition) {
        double[] found = acquisition.best(List.of(), 100, 0, new SplittableRandom(1));
        assertThat(found).isNotNull();
        return found;
    }

    /** Expected improvement by the trapezoidal rule over the normal distribution of the value. */
    @Test
    void theValueIsTheLogarithmOfTheExpectedImprovement() {
        double incumbent = -0.5;
        double[] moments = new double[2];
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 10; i++) {
            double[] at = MIXED.snap(random.doubles(4).toArray());
            process.predict(Covariance.filled(at), moments);
            double sum = 0;
            for (double z = -12; z < 12; z += 1e-3) {
                double value = moments[0] + moments[1] * z;
                sum += 1e-3 * Math.max(0, incumbent - value) * Normal.density(z);
            }
            if (sum > 1e-12) {
                assertThat(Math.exp(acquisition(incumbent, vector -> true).value(at)))
                        .isCloseTo(sum, within(1e-4 * sum + 1e-9));
            }
        }
    }

    /** Against 20 thousand random points, all options and values among them. */
    @Test
    void findsTheHighestValueOfAll() {
        for (double incumbent : new double[] {-0.8, 0.5, Double.NaN}) {
            Acquisition acquisition = acquisition(incumbent, vector -> true);
            double[] found = best(acquisition);
            SplittableRandom random = new SplittableRandom(2);
            double highest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < 20_000; i++) {
                highest = Math.max(
                        highest, acquisition.value(MIXED.snap(random.doubles(4).toArray())));
            }
            assertThat(acquisition.value(found)).as("incumbent %s", incumbent).isGreaterThan(highest - 0.02);
            assertThat(MIXED.snap(found)).isEqualTo(found);
        }
    }

    @Test
    void staysInTheRegion() {
        low[0] = 0.6;
        high[0] = 0.7;
        low[1] = 0.3;
        high[1] = 0.5;
        double[] found = best(acquisition(-0.5, vector -> true));
        assertThat(found[0]).isBetween(0.6, 0.7);
        assertThat(found[1]).isBetween(0.3 - 0.5 / 31, 0.5 + 0.5 / 31);
    }

    @Test
    void proposesOnlyWhatIsNew() {
        double[] first = best(acquisition(-0.5, vector -> true));
        double[] other = best(acquisition(-0.5, vector -> vector[2] != first[2]));
        assertThat(other[2]).isNotEqualTo(first[2]);
        assertThat(acquisition(-0.5, vector -> false).best(List.of(first), 50, 20, new SplittableRandom(1)))
                .isNull();
    }

    @Test
    void neighboursOfTheLeadersAreLookedAtToo() {
        Acquisition acquisition = acquisition(-0.5, vector -> true);
        double[] found = acquisition.best(
                List.of(MIXED.snap(new double[] {0.65, 0.1, 0.9, 0.6})), 0, 100, new SplittableRandom(1));
        assertThat(found).isNotNull();
        assertThat(Arrays.stream(found).filter(Double::isNaN).count()).isLessThanOrEqualTo(1);
        assertThat(acquisition.best(List.of(), 0, 100, new SplittableRandom(1))).isNull();
    }

    /** From a single point: the last parameter is then at its best, given the others. */
    @Test
    void optionsAreTriedOneByOne() {
        Encoding countable = new Encoding(
                SearchSpace.of(Parameter.ints("n", 1, 5), Parameter.choice("kind", "a", "b", "c", "d", "e", "f", "g")));
        GaussianProcess given = new GaussianProcess(new Covariance(countable, new double[] {0, 0, Math.log(0.01)}));
        double[] values = new double[7];
        for (int option = 0; option < 7; option++) {
            given.append(new double[] {0.5, countable.dimension(1).ofOption(option)});
            values[option] = Math.sin(2 * option);
        }
        given.condition(values);
        Acquisition acquisition =
                new Acquisition(countable, given, -0.5, vector -> true, new double[2], new double[] {1, 1}, List.of());
        for (long seed = 0; seed < 10; seed++) {
            double[] found = acquisition.best(List.of(), 1, 0, new SplittableRandom(seed));
            assertThat(found).isNotNull();
            for (int option = 0; option < 7; option++) {
                double[] other = {found[0], countable.dimension(1).ofOption(option)};
                assertThat(acquisition.value(other)).as("seed %d", seed).isLessThanOrEqualTo(acquisition.value(found));
            }
        }
    }
}
