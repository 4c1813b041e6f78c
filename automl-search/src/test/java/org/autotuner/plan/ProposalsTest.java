package org.autotuner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.autotuner.execute.StudyData;
import org.autotuner.fakes.FakeFamily;
import org.autotuner.fakes.Fits;
import org.autotuner.fakes.Samples;
import org.autotuner.model.ModelFamily;
import org.autotuner.optimize.Optimizer;
import org.autotuner.optimize.OptimizerSession;
import org.autotuner.optimize.RandomOptimizer;
import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.junit.jupiter.api.Test;

class ProposalsTest {

    private static final StudyData DATA = Samples.study(30, 3);
    private static final ModelFamily A = FakeFamily.of("a", Fits::threshold).startingAt(1, 2);
    private static final ModelFamily B = FakeFamily.of("b", Fits::threshold).startingAt(3);

    /** Proposes the same list in every space. */
    private static Optimizer listing(double... values) {
        return new Optimizer() {
            @Override
            public String name() {
                return "listing";
            }

            @Override
            public OptimizerSession open(SearchSpace space, long seed) {
                int[] next = new int[1];
                return (number, history) -> next[0] == values.length
                        ? Optional.empty()
                        : Optional.of(
                                space.generate(parameter -> parameter.name().equals("family")
                                        ? ((org.autotuner.space.ChoiceParameter<?>) parameter)
                                                .options()
                                                .get(0)
                                        : values[next[0]++]));
            }
        };
    }

    @Test
    void everyFamilysFirstStartingPointComesBeforeAnySecondOne() {
        Proposals proposals = proposals(new RandomOptimizer(), A, B);
        assertThat(proposals.startingPoints()).isEqualTo(3);
        assertThat(described(take(proposals, 3))).containsExactly("a 1.0", "b 3.0", "a 2.0");
    }

    @Test
    void afterTheStartingPointsTheOptimizerProposes() {
        assertThat(described(take(proposals(listing(7, 8), B), 3))).containsExactly("b 3.0", "b 7.0", "b 8.0");
    }

    @Test
    void nothingIsProposedTwice() {
        List<Proposal> all = take(
                proposals(
                        listing(3, 3, 9, 9), FakeFamily.of("b", Fits::threshold).startingAt(3, 3)),
                10);
        assertThat(described(all)).containsExactly("b 3.0", "b 9.0");
        List<Proposal> random = take(proposals(new RandomOptimizer(), A, B), 100);
        assertThat(new HashSet<>(described(random))).hasSize(100);
    }

    @Test
    void anExhaustedOptimizerEndsTheProposals() {
        assertThat(take(proposals(listing(), A, B), 10)).hasSize(3);
    }

    @Test
    void anExcludedFamilyIsNeverProposedAgain() {
        Proposals proposals = proposals(new RandomOptimizer(), A, B);
        proposals.next(1, List.of(), new FamilyGains(false));
        proposals.exclude("a");
        assertThat(take(proposals, 30)).extracting(one -> one.family().id()).containsOnly("b");
    }

    @Test
    void withAllFamiliesExcludedNothingIsLeft() {
        Proposals proposals = proposals(new RandomOptimizer(), A, B);
        proposals.exclude("a");
        proposals.exclude("b");
        assertThat(proposals.next(1, List.of(), new FamilyGains(false))).isEmpty();
    }

    @Test
    void whatAJournalHoldsIsNotProposedAgain() {
        Proposals first = proposals(new RandomOptimizer(), A, B);
        Configuration held =
                first.next(1, List.of(), new FamilyGains(false)).orElseThrow().configuration();
        Proposals second = proposals(new RandomOptimizer(), A, B);
        second.markProposed(held);
        assertThat(described(take(second, 2))).containsExactly("b 3.0", "a 2.0");
    }

    @Test
    void theFamilyThatAddsMostToTheEnsembleIsProposedMostOften() {
        FakeFamily third = FakeFamily.of("c", Fits::threshold).startingAt(4);
        Proposals proposals = proposals(new RandomOptimizer(), A, B, third);
        take(proposals, 4);
        FamilyGains gains = new FamilyGains(false);
        for (int round = 0; round < 6; round++) {
            gains.add("b", round % 2 == 0 ? 0.01 : 0, 1);
            gains.add("c", round % 2 == 0 ? 0.002 : 0, 1);
            gains.add("a", 0, 1);
        }
        List<FinishedTrial> known = List.of(Trials.of(1, "a", 0.1), Trials.of(2, "c", 0.3), Trials.of(3, "b", 0.4));
        Map<String, Integer> count = new HashMap<>();
        for (int number = 5; number < 305; number++) {
            Proposal next = proposals.next(number, known, gains).orElseThrow();
            count.merge(next.family().id(), 1, Integer::sum);
        }
        assertThat(count.get("b")).as("not the lowest error counts").isGreaterThan(count.get("c"));
        assertThat(count.get("c")).isGreaterThan(count.get("a"));
        assertThat(count.get("a")).as("the worst one is not forgotten").isGreaterThan(3);
    }

    @Test
    void equalSeedsAndHistoriesGiveEqualProposals() {
        assertThat(described(take(proposals(new RandomOptimizer(), A, B), 40)))
                .isEqualTo(described(take(proposals(new RandomOptimizer(), A, B), 40)));
    }

    @Test
    void theWholeSpaceContainsEveryProposal() {
        Proposals proposals = proposals(new RandomOptimizer(), A, B);
        SearchSpace space = proposals.space();
        for (Proposal proposal : take(proposals, 20)) {
            assertThat(space.contains(proposal.configuration()))
                    .as("%s in %s", proposal.configuration(), space)
                    .isTrue();
            assertThat(space.parse(proposal.configuration().toJson())).isEqualTo(proposal.configuration());
        }
    }

    @Test
    void startingPointsTryTheChangesOfTheTargetByTurns() {
        ChoiceParameter<String> change = Parameter.choice("target_transform", "none", "log", "quantile");
        FakeFamily third = FakeFamily.of("c", Fits::threshold).startingAt(4, 5, 6, 7, 8);
        Proposals proposals = new Proposals(List.of(A, B, third), DATA.shape(), change, new RandomOptimizer(), 5);
        assertThat(take(proposals, 40))
                .allSatisfy(one -> assertThat(proposals.space().contains(one.configuration()))
                        .isTrue());
        assertThat(changes(take(new Proposals(List.of(third), DATA.shape(), change, new RandomOptimizer(), 5), 5)))
                .containsExactly("log", "none", "quantile", "none", "log");
        List<Object> first =
                changes(take(new Proposals(List.of(A, B, third), DATA.shape(), change, new RandomOptimizer(), 5), 3));
        assertThat(first).as("of each family").containsExactly("log", "none", "log");
    }

    private static List<Object> changes(List<Proposal> proposals) {
        return proposals.stream()
                .map(one -> Objects.requireNonNull(one.configuration().value("target_transform")))
                .toList();
    }

    private static Proposals proposals(Optimizer optimizer, ModelFamily... families) {
        return new Proposals(List.of(families), DATA.shape(), null, optimizer, 5);
    }

    private static List<Proposal> take(Proposals proposals, int most) {
        List<Proposal> taken = new ArrayList<>();
        for (int number = 1; number <= most; number++) {
            proposals.next(number, List.of(), new FamilyGains(false)).ifPresent(taken::add);
        }
        return taken;
    }

    private static List<String> described(List<Proposal> proposals) {
        return proposals.stream()
                .map(one -> one.configuration().value("family") + " "
                        + one.configuration().value("sharpness"))
                .toList();
    }
}
