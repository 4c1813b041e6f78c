package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.ObjectiveSearch;
import org.autotuner.budget.Budget;
import org.autotuner.prune.RacingPruner;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.RunningTrial;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialHistory;
import org.autotuner.study.TrialOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pruner ends most trials, so what these tell must count. */
class PrunedTrialsTest {

    private static final RealParameter X = Parameter.reals("x", 0, 1);
    private static final RealParameter Y = Parameter.reals("y", 0, 1);
    private static final SearchSpace SPACE = SearchSpace.of(X, Y);

    private static double distance(Configuration one) {
        return Math.hypot(one.get(X) - 0.8, one.get(Y) - 0.3);
    }

    private static List<Trial> mostlyCut(boolean isPaused) {
        return mostlyCut(isPaused, 0);
    }

    /**
     * Fourteen trials spread over the space, of which only the best two completed, the others cut off at the first step,
     * where all look better or worse by so much than they are at the end.
     */
    private static List<Trial> mostlyCut(boolean isPaused, double offset) {
        SplittableRandom random = new SplittableRandom(2);
        List<Configuration> drawn = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            drawn.add(SPACE.sample(random));
        }
        double[] sorted =
                drawn.stream().mapToDouble(PrunedTrialsTest::distance).sorted().toArray();
        List<Trial> trials = new ArrayList<>();
        for (Configuration one : drawn) {
            double loss = distance(one);
            double first = loss + offset;
            TrialOutcome cut = isPaused ? new TrialOutcome.Paused(first, 1) : new TrialOutcome.Pruned(first, 1);
            trials.add(Trial.running(trials.size(), one)
                    .withReport(new Trial.Report(1, first))
                    .withOutcome(loss <= sorted[1] ? new TrialOutcome.Completed(loss, 1) : cut));
        }
        return trials;
    }

    /**
     * The median distance of what is proposed next from the optimum: of points spread evenly 0.49, as two completed trials
     * alone would have it.
     */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "gp", "tpe"})
    void cutTrialsAreLearnedFrom(String optimizer) {
        for (boolean isPaused : new boolean[] {false, true}) {
            assertThat(proposedDistance(optimizer, mostlyCut(isPaused))).isLessThan(0.25);
        }
    }

    /** An easy first fold would make all that were cut after it look better than those that completed. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "gp", "tpe"})
    void cutTrialsCountAsWhatTheyWereHeadingFor(String optimizer) {
        for (double offset : new double[] {-1, 1}) {
            assertThat(proposedDistance(optimizer, mostlyCut(false, offset))).isLessThan(0.25);
        }
    }

    private static double proposedDistance(String optimizer, List<Trial> trials) {
        double[] distances = new double[31];
        for (int seed = 0; seed < distances.length; seed++) {
            distances[seed] = distance(Optimizers.byName(optimizer)
                    .open(SPACE, seed)
                    .propose(14 + seed, TrialHistory.of(trials))
                    .orElseThrow());
        }
        Arrays.sort(distances);
        return distances[15];
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "gp", "tpe"})
    void aPausedTrialTellsAsMuchAsAPrunedOne(String optimizer) {
        OptimizerSession ofPaused = Optimizers.byName(optimizer).open(SPACE, 5);
        OptimizerSession ofPruned = Optimizers.byName(optimizer).open(SPACE, 5);
        assertThat(ofPaused.propose(14, TrialHistory.of(mostlyCut(true))))
                .isEqualTo(ofPruned.propose(14, TrialHistory.of(mostlyCut(false))));
    }

    /** A paused trial that goes on changes what it tells; the proposals must be those of a session that saw only the end. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "gp", "tpe"})
    void aPausedTrialMayGoOn(String optimizer) {
        List<Trial> before = mostlyCut(true);
        List<Trial> after = new ArrayList<>();
        for (Trial trial : before) {
            after.add(
                    trial.outcome() instanceof TrialOutcome.Paused
                            ? Trial.running(trial.number(), trial.configuration())
                                    .withOutcome(new TrialOutcome.Completed(distance(trial.configuration()) / 2, 1))
                            : trial);
        }
        OptimizerSession session = Optimizers.byName(optimizer).open(SPACE, 5);
        session.propose(14, TrialHistory.of(before));
        assertThat(session.propose(15, TrialHistory.of(after)))
                .isEqualTo(Optimizers.byName(optimizer).open(SPACE, 5).propose(15, TrialHistory.of(after)));
    }

    /**
     * What single folds differ by looks like noise, and leaders are measured again under noise; but a trial beside one that was
     * cut is cut again.
     */
    @Test
    void placesThatWereCutAreNotMeasuredAgain() {
        int again = 0;
        for (int seed = 0; seed < 3; seed++) {
            List<Trial> trials = ObjectiveSearch.minimize(SPACE)
                    .seed(seed)
                    .threads(1)
                    .budget(Budget.ofTrials(60))
                    .pruner(new RacingPruner().forRunningMeans())
                    .run(PrunedTrialsTest::meanOfRoughFolds)
                    .trials();
            for (Trial trial : trials) {
                again += trials.stream()
                                .limit(trial.number())
                                .anyMatch(other -> !other.value().isPresent() && isSamePlace(other, trial))
                        ? 1
                        : 0;
            }
        }
        assertThat(again).as("of 180 trials").isLessThan(6);
    }

    private static boolean isSamePlace(Trial a, Trial b) {
        return Math.abs(a.configuration().get(X) - b.configuration().get(X)) < 0.005
                && Math.abs(a.configuration().get(Y) - b.configuration().get(Y)) < 0.005;
    }

    /** A shallow bowl, and on each of ten folds ripples of their own, the same for all trials. */
    private static double meanOfRoughFolds(RunningTrial trial) {
        double x = trial.get(X);
        double y = trial.get(Y);
        double sum = 0;
        for (int fold = 1; fold <= 10; fold++) {
            double ripples = Math.sin(40 * x + 7 * fold) * Math.sin(35 * y + 3 * fold) + 0.3 * fold;
            sum += distance(trial.configuration()) + 0.2 * ripples;
            trial.report(fold, sum / fold);
            if (fold < 10 && trial.shouldStop()) {
                return sum / fold;
            }
        }
        return sum / 10;
    }
}
