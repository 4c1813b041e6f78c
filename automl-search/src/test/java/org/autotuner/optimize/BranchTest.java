package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.optimize.Observations.Observation;
import org.autotuner.optimize.Observations.State;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.junit.jupiter.api.Test;

class BranchTest {

    private static final SearchSpace SPACE = SearchSpace.of(
            Parameter.reals("rate", 0, 1),
            Parameter.choice("colour", "red", "blue"),
            Parameter.choice("kind", "wide", "narrow")
                    .when("wide", SearchSpace.of(Parameter.reals("w", 0, 1)))
                    .when(
                            "narrow",
                            SearchSpace.of(
                                    Parameter.reals("n1", 0, 1),
                                    Parameter.reals("n2", 0, 1),
                                    Parameter.choice("shape", "round", "square")
                                            .when("round", SearchSpace.of(Parameter.reals("radius", 0, 1))))));

    private static final Encoding ENCODING = new Encoding(SPACE);

    private static final int RATE = 0;
    private static final int COLOUR = 1;
    private static final int KIND = 2;
    private static final int SHAPE = 6;

    private static double[] drawn(String kind, SplittableRandom random) {
        double[] vector;
        do {
            vector = ENCODING.encode(SPACE.sample(random));
        } while (!kind.equals(ENCODING.decode(vector).value("kind")));
        return vector;
    }

    @Test
    void onlyChoicesThatOwnParametersAreDecided() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) {
            double[] fixed = Branch.draw(ENCODING, List.of(), List.of(), random).fixed();
            boolean isNarrow = ENCODING.dimension(KIND).option(fixed[KIND]) == 1;
            assertThat(fixed[RATE]).isNaN();
            assertThat(fixed[COLOUR]).isNaN();
            assertThat(Double.isNaN(fixed[SHAPE])).isEqualTo(!isNarrow);
        }
    }

    /**
     * With h of n trials under one option among the best and the other never tried, the first is drawn with the probability that
     * a Beta(1 + h, 1 + n - h) variable exceeds a uniform one: its mean, (1 + h) / (2 + n).
     */
    @Test
    void optionsAreDrawnByTheChanceThatTheyAreTheBetter() {
        SplittableRandom random = new SplittableRandom(2);
        int tried = 12;
        int hits = 3;
        List<Observation> all = new ArrayList<>();
        for (int i = 0; i < tried; i++) {
            double[] vector = drawn("wide", random);
            all.add(new Observation(i, vector, State.COMPLETED, i, 1, List.of()));
        }
        List<Observation> best = all.subList(0, hits);
        int draws = 20_000;
        long wide = IntStream.range(0, draws)
                .filter(i -> ENCODING.dimension(KIND)
                                .option(Branch.draw(ENCODING, best, all, random).fixed()[KIND])
                        == 0)
                .count();
        double expected = (1.0 + hits) / (2.0 + tried);
        double deviation = Math.sqrt(expected * (1 - expected) / draws);
        // 4.5 standard deviations: a false alarm in 150,000 runs
        assertThat(wide / (double) draws).isCloseTo(expected, within(4.5 * deviation));
    }

    @Test
    void observationsAreOfTheirBranchAlone() {
        SplittableRandom random = new SplittableRandom(3);
        List<Observation> all = IntStream.range(0, 100)
                .mapToObj(i ->
                        new Observation(i, ENCODING.encode(SPACE.sample(random)), State.COMPLETED, i, 1, List.of()))
                .toList();
        Branch branch = Branch.draw(ENCODING, List.of(), List.of(), random);
        String kind = ENCODING.dimension(KIND).option(branch.fixed()[KIND]) == 0 ? "wide" : "narrow";
        List<Observation> own = branch.of(all);
        assertThat(own).isNotEmpty().hasSizeLessThan(100);
        assertThat(own)
                .allMatch(one -> kind.equals(ENCODING.decode(one.vector()).value("kind")));
        assertThat(Branch.any(ENCODING).of(all)).isEqualTo(all);
    }

    /** Every trial of the wide branch is decent; the narrow one is better, but only near one point of it. */
    private static double deceptive(Configuration one) {
        if ("wide".equals(one.value("kind"))) {
            double w = (double) one.value("w") - 0.5;
            return 0.2 + 0.1 * w * w;
        }
        double n1 = (double) one.value("n1") - 0.3;
        double n2 = (double) one.value("n2") - 0.7;
        return Math.min(1, 6 * (n1 * n1 + n2 * n2)) + ("round".equals(one.value("shape")) ? 0.3 : 0);
    }

    @Test
    void aBranchThatIsDecentEverywhereDoesNotHideABetterOne() {
        int seeds = 20;
        TpeOptimizer tpe = new TpeOptimizer();
        long found = IntStream.range(0, seeds)
                .filter(seed -> Runs.best(Runs.minimize(tpe, SPACE, BranchTest::deceptive, 150, seed)) < 0.15)
                .count();
        assertThat(found).isGreaterThanOrEqualTo(17);
    }
}
