package org.autotuner;

import java.util.function.Function;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.execute.Seeds;
import org.autotuner.metric.Metric;
import org.autotuner.space.Configuration;
import org.autotuner.study.RunningTrial;
import org.autotuner.study.Trial;
import org.autotuner.train.BlockLearner;
import org.autotuner.train.EpochListener;
import org.autotuner.train.NetworkBuilder;
import org.autotuner.train.TrainingLoop;
import org.autotuner.train.TrainingResult;
import org.autotuner.train.TrainingSettings;
import org.autotuner.train.Weights;
import org.jspecify.annotations.Nullable;

/** Trains one network per trial and keeps the weights of the best. Used by the threads of the trials at once. */
final class NetworkTrials implements Objective {

    private final NetworkBuilder networks;
    private final Function<Configuration, TrainingSettings> settings;
    private final NetworkRows rows;
    private final Metric metric;
    private final long seed;
    private final Deadline deadline;

    private @Nullable Weights kept;
    private double keptError = Double.POSITIVE_INFINITY;
    private int keptTrial = -1;

    NetworkTrials(
            NetworkBuilder networks,
            Function<Configuration, TrainingSettings> settings,
            NetworkRows rows,
            Metric metric,
            long seed,
            Deadline deadline) {
        this.networks = networks;
        this.settings = settings;
        this.rows = rows;
        this.metric = metric;
        this.seed = seed;
        this.deadline = deadline;
    }

    @Override
    public double evaluate(RunningTrial trial) {
        boolean[] isStopped = new boolean[1];
        EpochListener listener = epoch -> {
            trial.report(epoch.number(), metric.scoreOf(epoch.error()));
            isStopped[0] = trial.shouldStop();
            return !isStopped[0];
        };
        try (BlockLearner learner = learner(trial.number(), trial.configuration())) {
            double error = train(learner, trial.number(), trial.configuration(), listener, deadline);
            if (!isStopped[0] && !isCancelled(trial)) {
                offer(trial.number(), error, learner.weights());
            }
            return metric.scoreOf(error);
        } catch (DeadlineExceededException e) {
            isCancelled(trial);
            throw e;
        }
    }

    /** Whether somebody cancelled; the trial, cut short, then knows and does not count. */
    private boolean isCancelled(RunningTrial trial) {
        return deadline.isCancelled() && trial.shouldStop();
    }

    /** The weights of a trial: those kept, else trained again, which gives the same as it is the same seed. */
    Weights weights(Trial best) {
        synchronized (this) {
            if (keptTrial == best.number() && kept != null) {
                return kept;
            }
        }
        try (BlockLearner learner = learner(best.number(), best.configuration())) {
            train(learner, best.number(), best.configuration(), EpochListener.NONE, Deadline.never());
            return learner.weights();
        }
    }

    TrainingSettings settings(int trial, Configuration configuration) {
        return settings.apply(configuration).withSeed(Seeds.of(seed, trial));
    }

    private BlockLearner learner(int trial, Configuration configuration) {
        return BlockLearner.of(
                networks.build(configuration),
                rows.training().data(),
                rows.validation().data(),
                settings(trial, configuration));
    }

    /** The error of the best epoch, whose weights the learner then holds. */
    private double train(
            BlockLearner learner, int trial, Configuration configuration, EpochListener listener, Deadline until) {
        NetworkRows.Part validation = rows.validation();
        TrainingResult result = new TrainingLoop(settings(trial, configuration))
                .run(
                        learner,
                        outputs -> metric.error(
                                validation.truth(),
                                rows.predictions(outputs, validation.data().rows()),
                                validation.weights()),
                        listener,
                        until);
        return result.epochs().get(result.best() - 1).error();
    }

    private synchronized void offer(int trial, double error, Weights weights) {
        if (error < keptError || (error == keptError && trial < keptTrial)) {
            keptError = error;
            keptTrial = trial;
            kept = weights;
        }
    }
}
