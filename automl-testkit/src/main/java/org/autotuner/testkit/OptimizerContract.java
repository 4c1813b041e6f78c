package org.autotuner.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.autotuner.optimize.Optimizer;
import org.autotuner.optimize.OptimizerSession;
import org.autotuner.optimize.Optimizers;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialHistory;
import org.autotuner.study.TrialOutcome;
import org.junit.jupiter.api.Test;

/** What every optimizer promises. Extend it and give the optimizer. */
public abstract class OptimizerContract {

    private static final int TRIALS = 60;

    /** The optimizer; called several times per test, always with equal settings. */
    protected abstract Optimizer optimizer();

    /** Whether {@link Optimizers#byName} finds it; false for optimizers that need settings. */
    protected boolean isRegistered() {
        return true;
    }

    private static Trial ended(int number, Configuration configuration) {
        SplittableRandom random = new SplittableRandom(number);
        double roll = random.nextDouble();
        Trial trial = Trial.running(number, configuration);
        if (roll < 0.1) {
            return trial.withOutcome(new TrialOutcome.Failed("made to fail", 0.1));
        }
        if (roll < 0.2) {
            return trial.withReport(new Trial.Report(1, 3)).withOutcome(new TrialOutcome.Pruned(3, 0.1));
        }
        return trial.withOutcome(new TrialOutcome.Completed(random.nextDouble(), 0.1));
    }

    private static List<Trial> run(OptimizerSession session, int from, List<Trial> before) {
        List<Trial> trials = new ArrayList<>(before);
        for (int number = from; number < TRIALS; number++) {
            Optional<Configuration> proposed = session.propose(number, TrialHistory.of(trials));
            if (proposed.isEmpty()) {
                break;
            }
            trials.add(ended(number, proposed.get()));
        }
        return trials;
    }

    @Test
    void theNameIsInLowerCaseAndFindsTheOptimizer() {
        String name = optimizer().name();
        assertThat(name).isEqualTo(name.toLowerCase(Locale.ROOT)).isNotBlank();
        if (isRegistered()) {
            assertThat(Optimizers.byName(name).getClass()).isEqualTo(optimizer().getClass());
        }
    }

    @Test
    void everyProposalLiesInTheSpace() {
        for (SearchSpace space : Spaces.all()) {
            for (long seed = 0; seed < 5; seed++) {
                for (Trial trial : run(optimizer().open(space, seed), 0, List.of())) {
                    assertThat(space.contains(trial.configuration()))
                            .as("seed %d, trial %d: %s", seed, trial.number(), trial.configuration())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void equalHistoriesAndSeedsGiveEqualProposals() {
        for (SearchSpace space : Spaces.all()) {
            assertThat(run(optimizer().open(space, 7), 0, List.of()))
                    .isEqualTo(run(optimizer().open(space, 7), 0, List.of()));
        }
    }

    @Test
    void aFreshSessionGoesOnWhereTheOldOneEnded() {
        for (SearchSpace space : Spaces.all()) {
            List<Trial> whole = run(optimizer().open(space, 3), 0, List.of());
            for (int cut : new int[] {0, 1, 5, 20, TRIALS - 1}) {
                if (cut < whole.size()) {
                    List<Trial> resumed = run(optimizer().open(space, 3), cut, whole.subList(0, cut));
                    assertThat(resumed).as("cut at %d of %s", cut, space).isEqualTo(whole);
                }
            }
        }
    }

    @Test
    void runningTrialsAreNotProposedAgainInAFiniteSpaceUntilItIsExhausted() {
        SearchSpace space = Spaces.finite();
        OptimizerSession session = optimizer().open(space, 5);
        List<Trial> trials = new ArrayList<>();
        Set<Configuration> seen = new HashSet<>();
        for (int number = 0; number < space.cardinality(); number++) {
            Configuration proposed =
                    session.propose(number, TrialHistory.of(trials)).orElseThrow();
            assertThat(seen.add(proposed))
                    .as("trial %d: %s again", number, proposed)
                    .isTrue();
            trials.add(number % 2 == 0 ? Trial.running(number, proposed) : ended(number, proposed));
        }
        assertThat(session.propose(8, TrialHistory.of(trials))).isEmpty();
    }

    @Test
    void ofASpaceWithConditionsAllThatFulfilsThemIsTriedOnce() {
        SearchSpace space = Spaces.conditioned();
        List<Trial> trials = run(optimizer().open(space, 2), 0, List.of());
        assertThat(trials).hasSize(6); // (0, 3), (0, 4), (1, 4), each as a tree of depth 1 and as none
        assertThat(trials.stream().map(Trial::configuration).distinct()).hasSize(6);
    }

    @Test
    void aSpaceWithoutParametersHasOneProposal() {
        OptimizerSession session = optimizer().open(SearchSpace.empty(), 1);
        Configuration only = session.propose(0, TrialHistory.of(List.of())).orElseThrow();
        assertThat(only).isEqualTo(Configuration.empty());
        assertThat(session.propose(1, TrialHistory.of(List.of(ended(0, only))))).isEmpty();
    }
}
