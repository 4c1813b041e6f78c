package org.autotuner.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.autotuner.optimize.Optimizer;
import org.autotuner.optimize.OptimizerSession;
import org.autotuner.optimize.Optimizers;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialHistory;
import org.autotuner.study.TrialOutcome;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What every optimizer promises. Extend it and give the optimizer. */
public abstract class OptimizerContract {

    private static final int TRIALS = 60;
    private static final int SEEDS = 2000;
    private static final double FALSE_ALARM = 1e-6;

    /** The optimizer; called several times per test, always with equal settings. */
    protected abstract Optimizer optimizer();

    /** Whether {@link Optimizers#byName} finds it; false for optimizers that need settings. */
    protected boolean isRegistered() {
        return true;
    }

    /**
     * Whether the first proposal of a study is a draw from the prior, as random and space-filling starts are; false for
     * optimizers that begin at a point of their own, such as the defaults.
     */
    protected boolean startsAtRandom() {
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

    /** Eight trials run at a time and end in any order; some pause and go on. */
    @Test
    void aFreshSessionProposesTheSameThoughTrialsEndedInAnotherOrder() {
        for (SearchSpace space : Spaces.all()) {
            SplittableRandom random = new SplittableRandom(11);
            OptimizerSession session = optimizer().open(space, 3);
            List<Trial> trials = new ArrayList<>();
            for (int number = 0; number < TRIALS; number++) {
                StudyHistory history = TrialHistory.of(trials);
                Optional<Configuration> proposed = session.propose(number, history);
                if (number % 7 == 6 || number > TRIALS - 3) {
                    assertThat(optimizer().open(space, 3).propose(number, history))
                            .as("trial %d of %s", number, space)
                            .isEqualTo(proposed);
                }
                if (proposed.isEmpty()) {
                    break;
                }
                trials.add(Trial.running(number, proposed.get()));
                endSome(trials, random);
            }
        }
    }

    private static void endSome(List<Trial> trials, SplittableRandom random) {
        for (int i = 0; i < trials.size(); i++) {
            Trial trial = trials.get(i);
            if (trial.outcome() instanceof TrialOutcome.Paused && random.nextDouble() < 0.2) {
                trials.set(i, trial.asRunning());
            } else if (trial.isRunning() && random.nextDouble() < 0.125) {
                boolean pauses = random.nextDouble() < 0.2;
                trials.set(
                        i,
                        pauses
                                ? trial.withOutcome(new TrialOutcome.Paused(1, 0.1))
                                : ended(trial.number(), trial.configuration()));
            }
        }
    }

    @Test
    void noConfigurationOfAFiniteSpaceIsProposedAgainUntilAllAre() {
        for (SearchSpace space : List.of(Spaces.finite(), Spaces.countable())) {
            OptimizerSession session = optimizer().open(space, 5);
            List<Trial> trials = new ArrayList<>();
            Set<Configuration> seen = new HashSet<>();
            int count = (int) space.cardinality();
            for (int number = 0; number < count; number++) {
                Configuration proposed =
                        session.propose(number, TrialHistory.of(trials)).orElseThrow();
                assertThat(seen.add(proposed))
                        .as("trial %d: %s again", number, proposed)
                        .isTrue();
                trials.add(one(number, proposed));
            }
            assertThat(session.propose(count, TrialHistory.of(trials))).isEmpty();
        }
    }

    /** Running, failed, pruned and completed ones in turn. */
    private static Trial one(int number, Configuration configuration) {
        Trial trial = Trial.running(number, configuration);
        return switch (number % 4) {
            case 0 -> trial;
            case 1 -> trial.withOutcome(new TrialOutcome.Failed("made to fail", 0.1));
            case 2 -> trial.withReport(new Trial.Report(1, 3)).withOutcome(new TrialOutcome.Pruned(3, 0.1));
            default -> trial.withOutcome(new TrialOutcome.Completed(number, 0.1));
        };
    }

    @Test
    void eightTrialsThatRunAtOnceAreAllDifferent() {
        for (SearchSpace space : List.of(Spaces.mixed(), Spaces.plane(), Spaces.countable())) {
            for (int before : new int[] {0, 16}) {
                OptimizerSession session = optimizer().open(space, 2);
                List<Trial> trials = new ArrayList<>();
                while (trials.size() < before + 8) {
                    int number = trials.size();
                    Configuration proposed =
                            session.propose(number, TrialHistory.of(trials)).orElseThrow();
                    boolean isDone = number < before;
                    trials.add(
                            isDone
                                    ? Trial.running(number, proposed)
                                            .withOutcome(new TrialOutcome.Completed(smooth(space, proposed), 0.1))
                                    : Trial.running(number, proposed));
                }
                assertThat(trials.subList(before, before + 8).stream().map(Trial::configuration))
                        .as("after %d trials of %s", before, space)
                        .doesNotHaveDuplicates();
            }
        }
    }

    private static double smooth(SearchSpace space, Configuration configuration) {
        double sum = 0;
        for (Parameter<?> parameter : space.active(configuration)) {
            double difference = unit(parameter, configuration) - 0.3;
            sum += difference * difference;
        }
        return sum;
    }

    private static <T> double unit(Parameter<T> parameter, Configuration configuration) {
        return parameter.toUnit(configuration.get(parameter));
    }

    /**
     * Pearson's chi-square over the first proposals of {@value #SEEDS} seeds: each parameter against its prior, and two
     * pairs for independence. A right optimizer fails one of the comparisons with the rate {@value #FALSE_ALARM}.
     */
    @Test
    void anEmptyHistoryGivesDrawsFromThePrior() {
        Assumptions.assumeTrue(startsAtRandom(), "it begins at a point of its own");
        List<Configuration> first = new ArrayList<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            first.add(optimizer()
                    .open(Priors.SPACE, seed)
                    .propose(0, TrialHistory.of(List.of()))
                    .orElseThrow());
        }
        List<Priors.Cells> comparisons = Priors.comparisons();
        for (Priors.Cells cells : comparisons) {
            double[] probabilities = cells.probabilities();
            double statistic = 0;
            for (int cell = 0; cell < probabilities.length; cell++) {
                int own = cell;
                double expected = SEEDS * probabilities[cell];
                double more = first.stream()
                                .filter(one -> cells.cellOf().applyAsInt(one) == own)
                                .count()
                        - expected;
                statistic += more * more / expected;
            }
            assertThat(statistic)
                    .as("chi-square of %s", cells.name())
                    .isLessThan(new ChiSquaredDistribution(probabilities.length - 1.0)
                            .inverseCumulativeProbability(1 - FALSE_ALARM / comparisons.size()));
        }
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
