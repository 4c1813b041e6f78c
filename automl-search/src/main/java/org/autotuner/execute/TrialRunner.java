package org.autotuner.execute;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.budget.Ticker;
import org.autotuner.metric.Metric;
import org.autotuner.model.ErrorCurve;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Preparation;
import org.autotuner.space.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one fold of one trial: preparation, fit, error on the validation rows. Thread-safe. */
public final class TrialRunner {

    private static final Logger LOG = LoggerFactory.getLogger(TrialRunner.class);

    private final StudyData data;
    private final FoldCache cache;
    private final Map<String, ModelFamily> families;
    private final Map<String, Optional<String>> unavailable = new ConcurrentHashMap<>();

    /**
     * A runner.
     *
     * @param families by id
     */
    public TrialRunner(StudyData data, FoldCache cache, Map<String, ModelFamily> families) {
        this.data = data;
        this.cache = cache;
        this.families = Map.copyOf(families);
    }

    /** Runs the task on the calling thread; everything that goes wrong is an outcome, never an exception. */
    public FoldOutcome run(FoldTask task, Deadline study) {
        long start = System.nanoTime();
        try {
            ModelFamily family = family(task.family());
            Optional<String> reason = unavailable.computeIfAbsent(task.family(), id -> family.unavailable());
            if (reason.isPresent()) {
                return new FoldOutcome.Unavailable(task, reason.get(), since(start));
            }
            return fit(task, family, study, start);
        } catch (DeadlineExceededException e) {
            return new FoldOutcome.Expired(task, since(start));
        } catch (OutOfMemoryError e) {
            return new FoldOutcome.Failed(task, "not enough heap memory: " + e.getMessage(), since(start));
        } catch (LinkageError e) {
            return new FoldOutcome.Unavailable(task, "a library is missing: " + e, since(start));
        } catch (RuntimeException e) {
            LOG.debug("Trial {} fold {} failed", task.trial(), task.fold(), e);
            return new FoldOutcome.Failed(
                    task, String.valueOf(e.getMessage() == null ? e : e.getMessage()), since(start));
        }
    }

    private FoldOutcome fit(FoldTask task, ModelFamily family, Deadline study, long start) {
        Preparation preparation = family.preparation(task.configuration(), data.shape());
        PreparedFold fold = cache.get(preparation, task.fold(), study);
        Deadline deadline = task.limitSeconds() == Double.POSITIVE_INFINITY
                ? study
                : study.atMost(Duration.ofNanos((long) (task.limitSeconds() * 1e9)));
        Optional<TargetChange> change = TargetChange.of(
                task.configuration(), fold.training().target(), fold.training().weights());
        TrainingData training = change.map(one -> one.apply(fold.training())).orElse(fold.training());
        Metric metric = change.map(one -> one.metric(data.metric())).orElse(data.metric());
        FitContext context = FitContext.of(metric, Seeds.of(data.seed(), task.trial(), task.fold()))
                .withDeadline(deadline)
                .withSecondsShare(task.secondsShare())
                .withConstraints(data.shape().constraints());
        Configuration configuration = task.configuration();
        if (task.adapt()) {
            configuration = family.adapt(configuration, training, context);
        }
        long fitStart = System.nanoTime();
        FittedModel fitted = family.fit(training, configuration, context);
        FittedModel model = change.map(one -> one.undo(fitted)).orElse(fitted);
        double fitSeconds = since(fitStart);
        TrainingData validation = Objects.requireNonNull(fold.training().validation());
        boolean hasSteps = !model.curve().isEmpty();
        if (hasSteps && change.isEmpty()) {
            return new FoldOutcome.Fitted(
                    task, configuration, model, fold, null, least(model.curve()), fitSeconds, since(start));
        }
        Scored scored = Scoring.predict(data.task(), model.scorer(), validation.features(), deadline);
        double error = data.metric().error(validation.target(), scored.predictions(), validation.weights());
        return new FoldOutcome.Fitted(
                task, configuration, model, fold, hasSteps ? null : scored, error, fitSeconds, since(start));
    }

    private static double least(ErrorCurve curve) {
        return curve.errors().stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    private ModelFamily family(String id) {
        ModelFamily family = families.get(id);
        if (family == null) {
            throw new IllegalArgumentException("No family '%s' among %s.".formatted(id, families.keySet()));
        }
        return family;
    }

    private static double since(long start) {
        return (Ticker.system().nanos() - start) * 1e-9;
    }
}
