package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.Configuration;
import org.autotuner.space.IntParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialOutcome;
import org.junit.jupiter.api.Test;

class RecommendationTest {

    private static final RealParameter X = Parameter.reals("x", -1, 1);
    private static final RealParameter Y = Parameter.reals("y", -1, 1);
    private static final SearchSpace PLANE = SearchSpace.of(X, Y);
    private static final ChoiceParameter<String> KIND = Parameter.choice("kind", "a", "b", "c");
    private static final SearchSpace KINDS = SearchSpace.of(KIND);

    /** Ten evaluations that sum to 0, with a standard deviation of 1.05. */
    private static final double[] NOISE = {-1.5, -1.2, -0.8, -0.4, 0, 0.2, 0.5, 0.8, 1.1, 1.3};

    private static Configuration kind(String option) {
        return Configuration.builder().set(KIND, option).build();
    }

    private static Configuration at(double x, double y) {
        return Configuration.builder().set(X, x).set(Y, y).build();
    }

    private static Trial trial(int number, Configuration configuration, TrialOutcome outcome) {
        return new Trial(number, configuration, List.of(), outcome, Map.of());
    }

    private static Trial completed(int number, Configuration configuration, double value) {
        return trial(number, configuration, new TrialOutcome.Completed(value, 1));
    }

    /** Three options of which each had the same noise: a has mean 0, b 0.8 and c 3; the lowest value is one of b. */
    private static List<Trial> repeated() {
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < NOISE.length; i++) {
            trials.add(completed(3 * i, kind("a"), NOISE[i]));
            trials.add(completed(3 * i + 1, kind("b"), i == 0 ? -2.5 : NOISE[i] + 0.8 + (2.5 - 0.7) / 9));
            trials.add(completed(3 * i + 2, kind("c"), 3 - NOISE[i]));
        }
        return trials;
    }

    private static List<Trial> noisy(int count, double noise, ToDoubleFunction<Configuration> objective) {
        return noisy(count, noise, 7, objective);
    }

    private static List<Trial> noisy(int count, double noise, long seed, ToDoubleFunction<Configuration> objective) {
        Random random = new Random(seed);
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Configuration configuration = at(2 * random.nextDouble() - 1, 2 * random.nextDouble() - 1);
            trials.add(completed(
                    i, configuration, objective.applyAsDouble(configuration) + noise * random.nextGaussian()));
        }
        return trials;
    }

    private static double bowl(Configuration at) {
        return Math.pow(at.get(X) - 0.3, 2) + 2 * Math.pow(at.get(Y) + 0.4, 2);
    }

    private static List<Trial> negated(List<Trial> trials) {
        return trials.stream()
                .map(trial -> completed(
                        trial.number(), trial.configuration(), -trial.value().orElseThrow()))
                .toList();
    }

    @Test
    void aLuckyOutlierAmongRepetitionsIsNotRecommended() {
        Recommendation answer = Recommendation.of(KINDS, repeated()).orElseThrow();
        assertThat(answer.observedBest().number()).isEqualTo(1);
        assertThat(answer.observedBest().configuration()).isEqualTo(kind("b"));
        assertThat(answer.configuration()).isEqualTo(kind("a"));
        assertThat(answer.trial().number())
                .as("the first trial of the configuration")
                .isZero();
        assertThat(answer.differs()).isTrue();
        assertThat(answer.isNoisy()).isTrue();
    }

    /** The mean of ten values of deviation 1.05 has one of 0.33; the process draws it towards the others a little. */
    @Test
    void theExpectedValueIsAboutTheMeanOfTheRepetitionsAndTheNoiseTheirDeviation() {
        Recommendation answer = Recommendation.of(KINDS, repeated()).orElseThrow();
        assertThat(answer.expectedValue()).isEqualTo(0, within(0.33));
        assertThat(answer.noiseDeviation()).isEqualTo(1.05, within(0.35));
        assertThat(answer.toString())
                .contains("expected of {\"kind\":\"a\"}", "observed best: -2.5 with {\"kind\":\"b\"}");
    }

    @Test
    void maximisingIsTheMirrorImage() {
        Recommendation low = Recommendation.of(KINDS, repeated()).orElseThrow();
        Recommendation high =
                Recommendation.ofMaximised(KINDS, negated(repeated())).orElseThrow();
        assertThat(high.observedBest().value()).contains(2.5);
        assertThat(high.configuration()).isEqualTo(low.configuration());
        assertThat(high.expectedValue()).isEqualTo(-low.expectedValue());
        assertThat(high.noiseDeviation()).isEqualTo(low.noiseDeviation());
    }

    @Test
    void withoutNoiseItIsTheBestObservationAndItsValue() {
        List<Trial> trials = noisy(60, 0, RecommendationTest::bowl);
        Recommendation answer = Recommendation.of(PLANE, trials).orElseThrow();
        assertThat(answer.trial()).isEqualTo(answer.observedBest());
        assertThat(answer.expectedValue()).isEqualTo(answer.trial().value().orElseThrow());
        assertThat(answer.isNoisy()).isFalse();
        assertThat(answer.differs()).isFalse();
    }

    /** Values without any order look like noise, but for that the repetitions are equal. */
    @Test
    void equalValuesOfRepetitionsProveThatThereIsNoNoise() {
        List<Trial> trials = new ArrayList<>(noisy(60, 1, RecommendationTest::bowl));
        assertThat(Recommendation.of(PLANE, trials).orElseThrow().isNoisy()).isTrue();
        for (int i = 0; i < 5; i++) {
            Trial again = trials.get(i);
            trials.add(completed(60 + i, again.configuration(), again.value().orElseThrow()));
        }
        Recommendation answer = Recommendation.of(PLANE, trials).orElseThrow();
        assertThat(answer.isNoisy()).isFalse();
        assertThat(answer.trial()).isEqualTo(answer.observedBest());
    }

    /** Were it a toss-up, ten or more better and at most a quarter as many worse would have a probability below 0.02. */
    @Test
    void underNoiseItIsTrulyBetterThanTheBestObservationFarMoreOftenThanWorse() {
        int better = 0;
        int worse = 0;
        for (int seed = 0; seed < 30; seed++) {
            Recommendation answer = Recommendation.of(PLANE, noisy(80, 1, seed, RecommendationTest::bowl))
                    .orElseThrow();
            int order = Double.compare(
                    bowl(answer.configuration()), bowl(answer.observedBest().configuration()));
            better += order < 0 ? 1 : 0;
            worse += order > 0 ? 1 : 0;
        }
        assertThat(better).as("against %d worse", worse).isGreaterThan(9).isGreaterThanOrEqualTo(4 * worse);
    }

    @Test
    void noiseAndExpectedValueAreNearTheTruth() {
        Recommendation answer = Recommendation.of(PLANE, noisy(150, 0.5, RecommendationTest::bowl))
                .orElseThrow();
        assertThat(answer.noiseDeviation()).isEqualTo(0.5, within(0.15));
        assertThat(answer.expectedValue()).isEqualTo(bowl(answer.configuration()), within(0.3));
    }

    @Test
    void manyTrialsAndManyRepetitionsAreNoHindrance() {
        Recommendation many = Recommendation.of(PLANE, noisy(2_000, 0.5, RecommendationTest::bowl))
                .orElseThrow();
        assertThat(bowl(many.configuration())).isLessThan(0.05);
        Random random = new Random(3);
        List<Trial> grid = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            Configuration place = at((i % 6) / 2.5 - 1, (i / 6 % 5) / 2.0 - 1);
            grid.add(completed(i, place, bowl(place) + random.nextGaussian()));
        }
        assertThat(bowl(Recommendation.of(PLANE, grid).orElseThrow().configuration()))
                .as("100 evaluations each, so the mean has an error of 0.1: the best two of 30 have 0.03 and 0.11")
                .isLessThan(0.12);
    }

    @Test
    void withFewTrialsItIsTheBestObservation() {
        List<Trial> few = repeated().subList(0, Recommendation.LEAST_TRIALS - 1);
        Recommendation answer = Recommendation.of(KINDS, few).orElseThrow();
        assertThat(answer.trial()).isEqualTo(answer.observedBest());
        assertThat(answer.expectedValue()).isEqualTo(-2.5);
        assertThat(answer.isNoisy()).isFalse();
    }

    @Test
    void trialsThatDidNotCompleteSayNothing() {
        List<Trial> trials = new ArrayList<>(repeated());
        trials.add(trial(90, kind("c"), new TrialOutcome.Pruned(-50, 1)));
        trials.add(trial(91, kind("c"), new TrialOutcome.Paused(-50, 1)));
        trials.add(trial(92, kind("a"), new TrialOutcome.Failed("no luck", 1)));
        trials.add(trial(93, kind("a"), new TrialOutcome.Cancelled(1)));
        trials.add(completed(94, kind("a"), Double.POSITIVE_INFINITY));
        trials.add(Trial.running(95, kind("c")));
        assertThat(Recommendation.of(KINDS, trials)).isEqualTo(Recommendation.of(KINDS, repeated()));
    }

    @Test
    void nothingIsRecommendedWhereNothingCompleted() {
        assertThat(Recommendation.of(KINDS, List.of())).isEmpty();
        assertThat(Recommendation.of(
                        KINDS,
                        List.of(trial(0, kind("a"), new TrialOutcome.Pruned(1, 1)), Trial.running(1, kind("b")))))
                .isEmpty();
    }

    @Test
    void infiniteValuesAloneAndEqualValuesAreNoHindrance() {
        List<Trial> infinite = new ArrayList<>();
        List<Trial> equal = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            infinite.add(completed(i, at(i / 20.0, 0), Double.POSITIVE_INFINITY));
            equal.add(completed(i, at(i / 20.0, 0), 4));
        }
        assertThat(Recommendation.of(PLANE, infinite).orElseThrow().trial().number())
                .isZero();
        assertThat(Recommendation.of(PLANE, equal).orElseThrow().expectedValue())
                .isEqualTo(4, within(1e-6));
    }

    @Test
    void theOrderInWhichTrialsAreGivenDoesNotMatter() {
        List<Trial> trials = new ArrayList<>(noisy(400, 0.5, RecommendationTest::bowl));
        Recommendation answer = Recommendation.of(PLANE, trials).orElseThrow();
        Collections.shuffle(trials, new Random(1));
        assertThat(Recommendation.of(PLANE, trials)).contains(answer);
    }

    @Test
    void conditionsCategoriesAndIntegersCount() {
        IntParameter depth = Parameter.ints("depth", 1, 9);
        ChoiceParameter<String> model = Parameter.choice("model", "tree", "line")
                .when("tree", SearchSpace.of(depth))
                .when("line", SearchSpace.of(X));
        SearchSpace space = SearchSpace.of(model);
        Random random = new Random(11);
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            Configuration configuration = i % 2 == 0
                    ? Configuration.builder()
                            .set(model, "tree")
                            .set(depth, 1 + random.nextInt(9))
                            .build()
                    : Configuration.builder()
                            .set(model, "line")
                            .set(X, 2 * random.nextDouble() - 1)
                            .build();
            double loss = i % 2 == 0
                    ? 0.1 * Math.pow(configuration.get(depth) - 6, 2)
                    : 0.6 + Math.pow(configuration.get(X), 2);
            trials.add(completed(i, configuration, loss + 0.3 * random.nextGaussian()));
        }
        Configuration answer = Recommendation.of(space, trials).orElseThrow().configuration();
        assertThat(answer.get(model)).isEqualTo("tree");
        assertThat(answer.get(depth)).isBetween(5, 7);
    }
}
