package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParzenMixtureTest {

    private static final double FALSE_ALARM = 1e-7;

    private static final SearchSpace LINE = SearchSpace.of(Parameter.reals("x", 0, 1));

    /** 2 * (3 * 2 + 4 + 1) = 22 configurations. */
    private static final SearchSpace TREE = SearchSpace.of(
            Parameter.ordinal("size", "s", "l"),
            Parameter.choice("kind", "tree", "line", "none")
                    .when("tree", SearchSpace.of(Parameter.ints("depth", 1, 3), Parameter.choice("grow", "up", "down")))
                    .when("line", SearchSpace.of(Parameter.ints("rank", 1, 4).log())));

    private static ParzenMixture mixture(Encoding encoding, int count, double width, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<double[]> vectors = new ArrayList<>();
        double[] shares = new double[count];
        for (int i = 0; i < count; i++) {
            vectors.add(encoding.snap(random.doubles(encoding.size()).toArray()));
            shares[i] = 2.0 * (i + 1) / (count * (count + 1.0));
        }
        double[] widths = new double[encoding.size()];
        Arrays.fill(widths, width);
        return new ParzenMixture(encoding, vectors, shares, widths);
    }

    /** All configurations of a finite space with their densities. */
    private static Map<Configuration, Double> densities(Encoding encoding, ParzenMixture mixture) {
        Grid grid = new Grid(encoding.space(), parameter -> Integer.MAX_VALUE);
        Map<Configuration, Double> densities = new HashMap<>();
        for (int i = 0; i < grid.size().intValueExact(); i++) {
            Configuration configuration = grid.point(encoding.space(), BigInteger.valueOf(i));
            densities.put(configuration, Math.exp(mixture.logDensity(encoding.encode(configuration))));
        }
        return densities;
    }

    private static double integral(ParzenMixture mixture, double from, double to, int cells) {
        double sum = 0;
        for (int i = 0; i < cells; i++) {
            double x = from + (to - from) * (i + 0.5) / cells;
            sum += Math.exp(mixture.logDensity(new double[] {x})) * (to - from) / cells;
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1, 0.7, 5})
    void aDensityOverALineIntegratesToOne(double width) {
        Encoding encoding = new Encoding(LINE);
        for (int count : new int[] {0, 1, 2, 7}) {
            ParzenMixture mixture = mixture(encoding, count, width, count);
            assertThat(integral(mixture, 0, 1, 20_000))
                    .as("%d observations", count)
                    .isCloseTo(1, within(1e-4));
        }
        double[] ends = {0.5, 0.5};
        ParzenMixture atEnds =
                new ParzenMixture(encoding, List.of(new double[] {0}, new double[] {1}), ends, new double[] {width});
        assertThat(integral(atEnds, 0, 1, 20_000)).isCloseTo(1, within(1e-4));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.2, 1})
    void probabilitiesOfCountableSpacesSumToOne(double width) {
        List<SearchSpace> spaces = List.of(
                SearchSpace.of(Parameter.choice("kind", "a", "b", "c")),
                SearchSpace.of(Parameter.ints("n", 1, 9)),
                SearchSpace.of(Parameter.ints("n", 1, 30).log()),
                SearchSpace.of(Parameter.reals("share", 0, 1).step(0.25)),
                TREE);
        for (SearchSpace space : spaces) {
            Encoding encoding = new Encoding(space);
            for (int count : new int[] {0, 1, 6}) {
                double sum = densities(encoding, mixture(encoding, count, width, 3)).values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
                assertThat(sum).as("%d observations in %s", count, space).isCloseTo(1, within(1e-8));
            }
        }
    }

    @Test
    void samplesOfALineFollowTheDensity() {
        Encoding encoding = new Encoding(LINE);
        ParzenMixture mixture = mixture(encoding, 4, 0.08, 8);
        SplittableRandom random = new SplittableRandom(2);
        int cells = 40;
        long[] counts = new long[cells];
        for (int i = 0; i < 50_000; i++) {
            counts[
                    (int) Math.min(
                            cells - 1,
                            cells * mixture.sample(Branch.any(encoding).fixed(), random)[0])]++;
        }
        double[] expected = new double[cells];
        for (int cell = 0; cell < cells; cell++) {
            expected[cell] = integral(mixture, (double) cell / cells, (cell + 1.0) / cells, 400);
        }
        assertThat(Runs.chiSquare(counts, expected, FALSE_ALARM)).isLessThan(1);
    }

    @Test
    void samplesOfCountableSpacesFollowTheProbabilities() {
        for (SearchSpace space :
                List.of(TREE, SearchSpace.of(Parameter.ints("n", 1, 12).log()))) {
            Encoding encoding = new Encoding(space);
            ParzenMixture mixture = mixture(encoding, 6, 0.15, 4);
            Map<Configuration, Double> densities = densities(encoding, mixture);
            List<Configuration> all = List.copyOf(densities.keySet());
            SplittableRandom random = new SplittableRandom(2);
            long[] counts = new long[all.size()];
            for (int i = 0; i < 50_000; i++) {
                counts[
                        all.indexOf(encoding.decode(
                                mixture.sample(Branch.any(encoding).fixed(), random)))]++;
            }
            double[] expected = all.stream().mapToDouble(densities::get).toArray();
            assertThat(Runs.chiSquare(counts, expected, FALSE_ALARM))
                    .as("%s", space)
                    .isLessThan(1);
        }
    }

    @Test
    void samplesAreSnappedAndOfWholePaths() {
        Encoding encoding = new Encoding(TREE);
        ParzenMixture mixture = mixture(encoding, 6, 0.15, 4);
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 500; i++) {
            double[] drawn = mixture.sample(Branch.any(encoding).fixed(), random);
            assertThat(drawn).isEqualTo(encoding.encode(encoding.decode(drawn)));
        }
    }

    @Test
    void withoutObservationsItIsThePrior() {
        Encoding encoding = new Encoding(LINE);
        ParzenMixture prior = new ParzenMixture(encoding, List.of(), new double[0], new double[] {0.1});
        assertThat(prior.logDensity(new double[] {0.2})).isCloseTo(0, within(1e-12));
        assertThat(prior.logDensity(new double[] {1})).isCloseTo(0, within(1e-12));
    }

    @Test
    void theDensityIsHighestWhereTheHeaviestObservationLies() {
        Encoding encoding = new Encoding(LINE);
        ParzenMixture mixture = new ParzenMixture(
                encoding, List.of(new double[] {0.2}, new double[] {0.8}), new double[] {0.9, 0.1}, new double[] {0.05
                });
        double heavy = mixture.logDensity(new double[] {0.2});
        double light = mixture.logDensity(new double[] {0.8});
        assertThat(heavy).isGreaterThan(light + 1);
        assertThat(light).isGreaterThan(mixture.logDensity(new double[] {0.5}) + 0.1);
    }

    /** What is seen under one option must not tell about the parameters that only another option has. */
    @Test
    void underOptionsThatNoObservationTookItIsUniform() {
        SearchSpace space = SearchSpace.of(Parameter.choice("kind", "a", "b")
                .when("a", SearchSpace.of(Parameter.reals("x", 0, 1)))
                .when("b", SearchSpace.of(Parameter.reals("y", 0, 1))));
        Encoding encoding = new Encoding(space);
        double[] seen = encoding.encode(space.parse("{\"kind\":\"a\",\"x\":0.1}"));
        ParzenMixture mixture =
                new ParzenMixture(encoding, List.of(seen), new double[] {1}, new double[] {0.1, 0.1, 0.1});
        double low = mixture.logDensity(encoding.encode(space.parse("{\"kind\":\"b\",\"y\":0.1}")));
        double high = mixture.logDensity(encoding.encode(space.parse("{\"kind\":\"b\",\"y\":0.9}")));
        assertThat(low).isCloseTo(high, within(1e-12));
        assertThat(mixture.logDensity(seen)).isGreaterThan(low + 0.5);
    }

    /** Beyond some forty values the density is that of a continuous parameter: about the number of values times as high. */
    @Test
    void manyOrderedValuesHaveNearlyTheirProbabilities() {
        SearchSpace space = SearchSpace.of(Parameter.ints("n", 0, 199));
        Encoding encoding = new Encoding(space);
        ParzenMixture mixture = mixture(encoding, 5, 0.05, 1);
        double sum = densities(encoding, mixture).values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        assertThat(sum / 200).isCloseTo(1, within(1e-3));
    }
}
