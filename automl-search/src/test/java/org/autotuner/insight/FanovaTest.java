package org.autotuner.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.Configuration;
import org.autotuner.space.IntParameter;
import org.autotuner.space.OrdinalParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialOutcome;
import org.junit.jupiter.api.Test;

/**
 * Against variance decompositions in closed form. On small discrete spaces the forest knows the function, so shares are
 * exact; on continuous ones it estimates it.
 */
class FanovaTest {

    private static final Offset<Double> EXACT = within(1e-9);

    static List<Trial> trials(SearchSpace space, int count, ToDoubleFunction<Configuration> value) {
        SplittableRandom random = new SplittableRandom(7);
        List<Trial> trials = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Configuration configuration = space.sample(random);
            trials.add(Trial.running(number, configuration)
                    .withOutcome(new TrialOutcome.Completed(value.applyAsDouble(configuration), 0.5)));
        }
        return trials;
    }

    private static Map<String, Double> shares(List<Importance> importance) {
        return importance.stream().collect(Collectors.toMap(Importance::label, Importance::share));
    }

    @Test
    void aTableOfTwoByTwoIsDecomposedExactly() {
        // 2a + b + ab on {0, 1}^2: effects 2.5, 1.5 and 1, variances 2.5^2 / 4, 1.5^2 / 4 and 1 / 16, in all 2.1875
        IntParameter a = Parameter.ints("a", 0, 1);
        OrdinalParameter<Integer> b = Parameter.ordinal("b", 0, 1);
        StudyInsight insight = StudyInsight.of(
                SearchSpace.of(a, b),
                trials(SearchSpace.of(a, b), 200, c -> 2 * c.get(a) + c.get(b) + c.get(a) * c.get(b)));
        Map<String, Double> shares = shares(insight.importance());
        assertThat(shares.get("a")).isCloseTo(1.5625 / 2.1875, EXACT);
        assertThat(shares.get("b")).isCloseTo(0.5625 / 2.1875, EXACT);
        assertThat(insight.interactions()).singleElement().satisfies(pair -> {
            assertThat(pair.label()).isEqualTo("a \u00d7 b");
            assertThat(pair.share()).isCloseTo(0.0625 / 2.1875, EXACT);
        });
        assertThat(insight.importance().get(0).label()).isEqualTo("a");
    }

    @Test
    void optionsWithoutOrderAreDecomposedExactly() {
        // effects -2, 1, 1 of kind (variance 2), -1, 1 of flag (variance 1), none together
        ChoiceParameter<String> kind = Parameter.choice("kind", "x", "y", "z");
        ChoiceParameter<Boolean> flag = Parameter.choice("flag", false, true);
        SearchSpace space = SearchSpace.of(kind, flag);
        StudyInsight insight = StudyInsight.of(
                space, trials(space, 300, c -> (c.get(kind).equals("x") ? -2 : 1) + (c.get(flag) ? 1 : -1)));
        assertThat(shares(insight.importance()).get("kind")).isCloseTo(2 / 3.0, EXACT);
        assertThat(shares(insight.importance()).get("flag")).isCloseTo(1 / 3.0, EXACT);
        assertThat(insight.interactions().get(0).share()).isCloseTo(0, EXACT);
    }

    @Test
    void aParameterOfAChoiceCountsWhereItIsActive() {
        // f = x under "a", 3 under "b". Var E[f | kind] = 1.25^2; x adds P(a) Var(x) = 1/8; in all 1.6875
        OrdinalParameter<Integer> x = Parameter.ordinal("x", 0, 1);
        ChoiceParameter<String> kind = Parameter.choice("kind", "a", "b").when("a", SearchSpace.of(x));
        SearchSpace space = SearchSpace.of(kind);
        StudyInsight insight =
                StudyInsight.of(space, trials(space, 200, c -> c.get(kind).equals("a") ? c.get(x) : 3));
        assertThat(shares(insight.importance()).get("kind")).isCloseTo(1.5625 / 1.6875, EXACT);
        assertThat(shares(insight.importance()).get("x")).isCloseTo(0.125 / 1.6875, EXACT);
        assertThat(insight.interactions())
                .as("a parameter and its owner are no pair")
                .isEmpty();
        assertThat(insight.slice(x).means().stream().map(Slice.Mean::value))
                .as("means where it is active")
                .usingElementComparator((p, q) -> Math.abs(p - q) < 1e-9 ? 0 : 1)
                .containsExactly(0.0, 1.0);
        assertThat(insight.slice(x).points()).hasSizeBetween(70, 130);
    }

    @Test
    void anInactiveParameterIsNotBlamedForItsChoice() {
        // the choice decides all; depth does nothing where it is active
        IntParameter depth = Parameter.ints("depth", 1, 9);
        RealParameter other = Parameter.reals("other", 0, 1);
        ChoiceParameter<String> kind = Parameter.choice("kind", "tree", "line").when("tree", SearchSpace.of(depth));
        SearchSpace space = SearchSpace.of(kind, other);
        StudyInsight insight =
                StudyInsight.of(space, trials(space, 200, c -> c.get(kind).equals("tree") ? 1 : 0));
        assertThat(shares(insight.importance()).get("kind")).isCloseTo(1, EXACT);
        assertThat(shares(insight.importance()).get("depth")).isCloseTo(0, EXACT);
    }

    @Test
    void aSumOfTwoRealParametersIsDecomposedByTheSquaresOfItsWeights() {
        // 3x + y with x in 0..1 on a log scale by its exponent: shares 0.9 and 0.1
        RealParameter x = Parameter.reals("x", 1e-4, 1).log();
        RealParameter y = Parameter.reals("y", -1, 1);
        RealParameter nothing = Parameter.reals("nothing", 0, 1);
        SearchSpace space = SearchSpace.of(nothing, x, y);
        StudyInsight insight =
                StudyInsight.of(space, trials(space, 400, c -> 3 * x.toUnit(c.get(x)) + y.toUnit(c.get(y)) - 40));
        Map<String, Double> shares = shares(insight.importance());
        assertThat(shares.get("x")).isCloseTo(0.9, within(0.04));
        assertThat(shares.get("y")).isCloseTo(0.1, within(0.04));
        assertThat(shares.get("nothing")).isLessThan(0.01);
        assertThat(insight.interactions()).allMatch(pair -> pair.share() < 0.03);
        assertThat(insight.importance()).allMatch(one -> one.deviation() >= 0 && one.deviation() < 0.1);
    }

    @Test
    void aProductOfCentredParametersIsAnInteraction() {
        RealParameter x = Parameter.reals("x", -1, 1);
        RealParameter y = Parameter.reals("y", -1, 1);
        SearchSpace space = SearchSpace.of(x, y);
        StudyInsight insight = StudyInsight.of(space, trials(space, 500, c -> c.get(x) * c.get(y)));
        assertThat(insight.interactions().get(0).share()).isGreaterThan(0.8);
        assertThat(insight.importance()).allMatch(one -> one.share() < 0.1);
    }

    @Test
    void tinyDifferencesOnTopOfALargeValueCountAsWell() {
        IntParameter a = Parameter.ints("a", 0, 1);
        IntParameter b = Parameter.ints("b", 0, 1);
        SearchSpace space = SearchSpace.of(a, b);
        StudyInsight insight = StudyInsight.of(space, trials(space, 100, c -> 1e6 + 2e-6 * c.get(a) + 1e-6 * c.get(b)));
        assertThat(shares(insight.importance()).get("a")).isCloseTo(0.8, within(1e-3));
    }

    @Test
    void aFewTrialsThatBlewUpDoNotHideTheRest() {
        RealParameter x = Parameter.reals("x", 0, 1);
        RealParameter y = Parameter.reals("y", 0, 1);
        SearchSpace space = SearchSpace.of(x, y);
        List<Trial> trials = trials(space, 300, c -> c.get(y) > 0.98 ? 1e9 : c.get(x));
        assertThat(shares(StudyInsight.of(space, trials).importance()).get("x")).isGreaterThan(0.6);
        List<Trial> negative = trials.stream()
                .map(trial -> trial.withOutcome(
                        new TrialOutcome.Completed(-trial.value().orElseThrow(), 1)))
                .toList();
        assertThat(shares(StudyInsight.ofMaximised(space, negative).importance()))
                .isEqualTo(shares(StudyInsight.of(space, trials).importance()));
    }

    @Test
    void meansOfSlicesAndContoursAreThoseOfTheFunction() {
        IntParameter a = Parameter.ints("a", 0, 1);
        IntParameter b = Parameter.ints("b", 0, 2);
        SearchSpace space = SearchSpace.of(a, b);
        StudyInsight insight = StudyInsight.of(space, trials(space, 300, c -> 10 * c.get(a) + c.get(b)));
        assertThat(insight.slice(a).means().stream().map(Slice.Mean::value))
                .usingElementComparator((p, q) -> Math.abs(p - q) < 1e-9 ? 0 : 1)
                .containsExactly(1.0, 11.0);
        Contour contour = insight.contour(a, b);
        assertThat(contour.means()).hasSize(3).allSatisfy(row -> assertThat(row).hasSize(2));
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 2; column++) {
                assertThat(contour.means().get(row).get(column)).isCloseTo(10 * column + row, EXACT);
            }
        }
        assertThat(contour.points()).hasSize(300);
    }

    @Test
    void pairsBelowAChoiceAreMeasuredWhereBothAreActive() {
        // x * y under "a" and 0 elsewhere; z only under "b" is never active together with x
        IntParameter x = Parameter.ints("x", 0, 1);
        IntParameter y = Parameter.ints("y", 0, 1);
        IntParameter z = Parameter.ints("z", 0, 1);
        ChoiceParameter<String> kind = Parameter.choice("kind", "a", "b")
                .when("a", SearchSpace.of(x, y))
                .when("b", SearchSpace.of(z));
        SearchSpace space = SearchSpace.of(kind);
        StudyInsight insight =
                StudyInsight.of(space, trials(space, 300, c -> c.get(kind).equals("a") ? c.get(x) * c.get(y) : 0));
        // mean 1/8; variance 1/8 - 1/64 = 7/64; x and y together within "a": 1/2 * 1/16 = 1/32
        assertThat(insight.interactions()).singleElement().satisfies(pair -> assertThat(pair.share())
                .isCloseTo(2 / 7.0, EXACT));
        assertThat(insight.contour(x, y).means().get(1).get(1)).isCloseTo(1, EXACT);
        assertThat(insight.contour(x, y).means().get(0).get(1)).isCloseTo(0, EXACT);
        assertThat(insight.contour(x, z).means()).isEmpty();
        assertThat(insight.contour(kind, x).means().get(1).get(0)).isCloseTo(0.5, EXACT);
    }

    @Test
    void equalStudiesGiveEqualShares() {
        RealParameter x = Parameter.reals("x", 0, 1);
        SearchSpace space = SearchSpace.of(x, Parameter.reals("y", 0, 1));
        List<Trial> trials = trials(space, 60, c -> c.get(x));
        assertThat(StudyInsight.of(space, trials).importance())
                .isEqualTo(StudyInsight.of(space, trials).importance());
    }
}
