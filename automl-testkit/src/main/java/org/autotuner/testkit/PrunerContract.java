package org.autotuner.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.autotuner.prune.Pruner;
import org.autotuner.prune.Pruners;
import org.autotuner.space.Configuration;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialHistory;
import org.autotuner.study.TrialOutcome;
import org.junit.jupiter.api.Test;

/** What every pruner promises. Extend it and give the pruner. */
public abstract class PrunerContract {

    private static final int STEPS = 9;

    /** The pruner; called several times per test, always with equal settings. */
    protected abstract Pruner pruner();

    /** Whether {@link Pruners#byName} finds it; false for pruners that need settings. */
    protected boolean isRegistered() {
        return true;
    }

    /** Whether even the best trial may be set aside for a while; it must go on once enough others have come. */
    protected boolean delays() {
        return false;
    }

    /** Whether the trial goes on, at once or, of a pruner that delays, when a hundred worse ones have come as far. */
    private boolean goesOn(Trial trial, TrialHistory history) {
        if (!pruner().shouldPrune(trial, history)) {
            return true;
        }
        if (!delays()) {
            return false;
        }
        List<Trial> trials = new ArrayList<>(history.trials());
        trials.add(trial.withOutcome(new TrialOutcome.Paused(0, 1)));
        for (int number = 100; number < 200; number++) {
            Trial worse = running(number);
            for (Trial.Report report : trial.reports()) {
                worse = worse.withReport(new Trial.Report(report.step(), 1e9));
            }
            trials.add(worse.withOutcome(new TrialOutcome.Paused(1e9, 1)));
        }
        return pruner().promote(TrialHistory.of(trials))
                .filter(next -> next.number() == trial.number())
                .isPresent();
    }

    private static Trial running(int number, double... values) {
        Trial trial = Trial.running(number, Configuration.empty());
        for (int i = 0; i < values.length; i++) {
            trial = trial.withReport(new Trial.Report(i + 1, values[i]));
        }
        return trial;
    }

    /** Twelve trials of falling values that end at about 1. */
    private static TrialHistory good() {
        List<Trial> trials = new ArrayList<>();
        for (int number = 0; number < 12; number++) {
            SplittableRandom random = new SplittableRandom(number);
            double[] values = new double[STEPS];
            for (int i = 0; i < STEPS; i++) {
                values[i] = 1 + 1.0 / (i + 1) + 0.1 * random.nextDouble();
            }
            trials.add(running(number, values).withOutcome(new TrialOutcome.Completed(values[STEPS - 1], 1)));
        }
        return TrialHistory.of(trials);
    }

    @Test
    void theNameIsInLowerCaseAndFindsThePruner() {
        String name = pruner().name();
        assertThat(name).isEqualTo(name.toLowerCase(Locale.ROOT)).isNotBlank();
        if (isRegistered()) {
            assertThat(Pruners.byName(name).getClass()).isEqualTo(pruner().getClass());
        }
    }

    @Test
    void aTrialWithoutReportsGoesOn() {
        assertThat(pruner().shouldPrune(running(12), good())).isFalse();
    }

    @Test
    void theFirstTrialGoesOn() {
        Trial first = running(0, 5, 4, 3);
        assertThat(pruner().shouldPrune(first, TrialHistory.of(List.of()))).isFalse();
        assertThat(pruner().shouldPrune(first, TrialHistory.of(List.of(running(0)))))
                .isFalse();
    }

    @Test
    void aTrialBetterThanAllOthersGoesOn() {
        Trial best = running(12);
        for (int step = 1; step <= STEPS; step++) {
            best = best.withReport(new Trial.Report(step, 0.5 / step));
            assertThat(goesOn(best, good())).as("step %d", step).isTrue();
        }
    }

    @Test
    void equalHistoriesGiveEqualDecisions() {
        for (double value : new double[] {0.1, 1.0, 1.5, 2.0, 9.0, Double.POSITIVE_INFINITY}) {
            Trial trial = running(12, value, value, value);
            assertThat(pruner().shouldPrune(trial, good())).isEqualTo(pruner().shouldPrune(trial, good()));
        }
    }

    @Test
    void trialsThatFailedOrReportedNothingDoNotMatter() {
        List<Trial> trials = new ArrayList<>(good().trials());
        trials.add(running(12).withOutcome(new TrialOutcome.Failed("made to fail", 1)));
        trials.add(running(13));
        for (double value : new double[] {0.1, 1.5, 9.0}) {
            Trial trial = running(14, value, value);
            assertThat(pruner().shouldPrune(trial, TrialHistory.of(trials)))
                    .isEqualTo(pruner().shouldPrune(trial, good()));
        }
    }

    @Test
    void whatAFailedTrialReportedDoesNotMatter() {
        List<Trial> trials = new ArrayList<>(good().trials());
        trials.add(running(12, 0, 0, 0, 0).withOutcome(new TrialOutcome.Failed("made to fail", 1)));
        for (double value : new double[] {0.1, 1.5, 9.0}) {
            Trial trial = running(14, value, value);
            assertThat(pruner().shouldPrune(trial, TrialHistory.of(trials)))
                    .isEqualTo(pruner().shouldPrune(trial, good()));
        }
    }

    @Test
    void theBestTrialGoesOnWithGapsAndALateStart() {
        Trial late = running(12).withReport(new Trial.Report(5, 0.3));
        assertThat(goesOn(late, good())).isTrue();
        assertThat(goesOn(late.withReport(new Trial.Report(STEPS + 20, 0.2)), good()))
                .isTrue();
        assertThat(goesOn(running(12).withReport(new Trial.Report(0, 0.3)), good()))
                .as("a report at step 0")
                .isTrue();
    }

    @Test
    void reportsThatAreInfiniteOrNoNumbersAreNeverPreferred() {
        List<Trial> trials = new ArrayList<>(good().trials());
        for (int number = 12; number < 16; number++) {
            double odd = number % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY;
            trials.add(running(number, odd, odd, odd));
        }
        TrialHistory history = TrialHistory.of(trials);
        assertThat(goesOn(running(16, 0.9, 0.8, 0.7), history)).isTrue();
        boolean isPruned = pruner().shouldPrune(running(16, 9, 9, 9), history);
        for (double odd : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThat(pruner().shouldPrune(running(16, odd, odd, odd), history) || !isPruned)
                    .as("%s is not better than 9", odd)
                    .isTrue();
        }
    }

    @Test
    void onlyPausedTrialsGoOnAndOnlyWhereThePrunerPauses() {
        assertThat(pruner().promote(TrialHistory.of(List.of()))).isEmpty();
        assertThat(pruner().promote(good())).isEmpty();
        List<Trial> trials = new ArrayList<>(good().trials());
        trials.add(running(12, 0.5).withOutcome(new TrialOutcome.Paused(0.5, 1)));
        for (int number = 13; number < 53; number++) {
            trials.add(running(number, 9).withOutcome(new TrialOutcome.Paused(9, 1)));
        }
        TrialHistory history = TrialHistory.of(trials);
        if (pruner().isPausing()) {
            assertThat(pruner().promote(history)).contains(trials.get(12)).isEqualTo(pruner().promote(history));
        } else {
            assertThat(pruner().promote(history)).isEmpty();
        }
    }
}
