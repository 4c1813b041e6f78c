package org.autotuner.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.budget.Ticker;
import org.autotuner.error.TrainingDivergedException;
import org.jspecify.annotations.Nullable;

/**
 * Epochs over shuffled batches: steps, schedule, validation, early stopping. Immutable and thread-safe; what changes is in
 * the {@link Learner}. The order of the rows of an epoch and all its random numbers follow from the seed and the number of
 * the epoch, so that a training resumed from a checkpoint goes on bit by bit as if it had not stopped.
 */
public final class TrainingLoop {

    private final TrainingSettings settings;

    public TrainingLoop(TrainingSettings settings) {
        this.settings = settings;
    }

    /** {@link #run(Learner, Validation, EpochListener, Deadline, Optional)} from the start. */
    public TrainingResult run(
            Learner learner, @Nullable Validation validation, EpochListener listener, Deadline deadline) {
        return run(learner, validation, listener, deadline, Optional.empty());
    }

    /**
     * Trains until the epochs, the patience, the listener, the deadline or a loss that is not finite end it; with a
     * validation the learner then holds the weights of the best epoch, else those of the last. An epoch that was cut leaves
     * no trace: weights and checkpoint are those of the epoch before.
     *
     * @param from a checkpoint to go on from
     * @throws TrainingDivergedException if the loss is not finite and no epoch was usable
     * @throws DeadlineExceededException if the time is up before the first epoch ended
     */
    public TrainingResult run(
            Learner learner,
            @Nullable Validation validation,
            EpochListener listener,
            Deadline deadline,
            Optional<Checkpoint> from) {
        return new Run(learner, validation, listener, deadline, from).go();
    }

    /** One training. */
    private final class Run {

        private final Learner learner;
        private final @Nullable Validation validation;
        private final EpochListener listener;
        private final Deadline deadline;
        private final List<Epoch> epochs = new ArrayList<>();
        private final BestEpoch best = new BestEpoch();
        private final int stepsPerEpoch;
        /** Whether an epoch can be cut so that the learner is between two epochs; otherwise no copy of it is needed. */
        private final boolean mayGoBack;

        private @Nullable LearnerState state;

        Run(
                Learner learner,
                @Nullable Validation validation,
                EpochListener listener,
                Deadline deadline,
                Optional<Checkpoint> from) {
            this.learner = learner;
            this.validation = validation;
            this.listener = listener;
            this.deadline = deadline;
            this.stepsPerEpoch = (learner.rows() + settings.batch() - 1) / settings.batch();
            this.mayGoBack = validation != null || stepsPerEpoch > learner.stepsAtOnce();
            from.ifPresent(checkpoint -> {
                learner.resume(checkpoint.state());
                state = checkpoint.state();
                epochs.addAll(checkpoint.epochs());
                best.restore(checkpoint);
            });
        }

        TrainingResult go() {
            boolean goesOn = true;
            while (goesOn && epochs.size() < settings.epochs()) {
                int number = epochs.size() + 1;
                long start = Ticker.system().nanos();
                OptionalDouble trained = train(number);
                if (trained.isEmpty() || !Double.isFinite(trained.getAsDouble())) {
                    cut(number, trained);
                    break;
                }
                double loss = trained.getAsDouble();
                double error = validation == null ? Double.NaN : validation.error(learner.outputs());
                double seconds = (Ticker.system().nanos() - start) * 1e-9;
                Epoch epoch = new Epoch(number, loss, error, rate(number, stepsPerEpoch - 1), seconds);
                epochs.add(epoch);
                state = mayGoBack ? learner.state() : null;
                best.hear(epoch, learner);
                goesOn = listener.finished(epoch) && !isTired(number);
            }
            return finish();
        }

        private boolean isTired(int number) {
            return settings.patience() > 0 && validation != null && number - best.number() >= settings.patience();
        }

        /** Ends an epoch that was cut by the deadline (no loss) or diverged: back to the end of the one before. */
        private void cut(int number, OptionalDouble loss) {
            if (loss.isPresent() && best.number() == 0) {
                throw new TrainingDivergedException(
                        "The loss became %s in epoch %d. Lower the learning rate, or clip the gradients."
                                .formatted(loss.getAsDouble(), number));
            }
            if (epochs.isEmpty()) {
                throw new DeadlineExceededException("The time was up before the first epoch ended.");
            }
            if (state != null) {
                learner.resume(state);
            }
        }

        private TrainingResult finish() {
            LearnerState last = state == null ? learner.state() : state;
            Weights weights = best.weights().orElseGet(learner::weights);
            int number = best.number() == 0 ? epochs.size() : best.number();
            TrainingResult result =
                    new TrainingResult(epochs, number, new Checkpoint(epochs, last, best.number(), weights));
            learner.restore(weights);
            return result;
        }

        /** The mean loss of an epoch; empty if the deadline cut it. */
        private OptionalDouble train(int number) {
            SplittableRandom random = new SplittableRandom(settings.seed() + number * 0x9E3779B97F4A7C15L);
            int[][] order = new int[learner.members()][];
            for (int member = 0; member < order.length; member++) {
                order[member] = Shuffles.of(learner.rows(), random.split());
            }
            double[] mix = mix(random.split());
            double sum = 0;
            int chunk = learner.stepsAtOnce();
            for (int first = 0; first < stepsPerEpoch && Double.isFinite(sum); first += chunk) {
                if (deadline.isOver()) {
                    return OptionalDouble.empty();
                }
                int end = Math.min(stepsPerEpoch, first + chunk);
                sum += (end - first) * learner.train(plan(number, order, mix, first, end, random.nextLong()));
            }
            return OptionalDouble.of(sum / stepsPerEpoch);
        }

        private StepPlan plan(int number, int[][] order, double[] mix, int first, int end, long seed) {
            int batch = settings.batch();
            int[][] part = new int[order.length][];
            for (int member = 0; member < order.length; member++) {
                part[member] =
                        Arrays.copyOfRange(order[member], first * batch, Math.min(order[member].length, end * batch));
            }
            double[] rates = new double[end - first];
            double[] regularization = new double[end - first];
            for (int step = first; step < end; step++) {
                rates[step - first] = rate(number, step);
                regularization[step - first] = settings.regularization().at(progress(number, step));
            }
            double[] mixed = mix.length == 0 ? mix : Arrays.copyOfRange(mix, first, end);
            return new StepPlan(part, batch, rates, mixed, regularization, seed);
        }

        private double rate(int number, int step) {
            return settings.rate() * settings.schedule().at(progress(number, step)) * plateauFactor();
        }

        /** Share of all steps that are done before this one. */
        private double progress(int number, int step) {
            double done = (number - 1.0) * stepsPerEpoch + step;
            return done / ((double) settings.epochs() * stepsPerEpoch);
        }

        private double plateauFactor() {
            Plateau plateau = settings.plateau();
            return plateau == null ? 1 : Math.pow(plateau.factor(), plateau.reductions(epochs));
        }

        private double[] mix(SplittableRandom random) {
            return settings.mixup() == 0 ? new double[0] : Mixup.shares(settings.mixup(), stepsPerEpoch, random);
        }
    }
}
