package org.autotuner.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autotuner.budget.Budget;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.execute.Seeds;
import org.autotuner.execute.StudyData;
import org.autotuner.execute.TargetChange;
import org.autotuner.metric.Metric;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.PrepareContext;
import org.autotuner.prepare.Prepared;
import org.autotuner.score.Scorer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fits chosen members once more on all rows, with the mean number of steps of their folds: one model instead of one per
 * fold is as many times quicker and smaller, and after a holdout it sees the rows that were held out. A member whose
 * refit would not end in time keeps its fold models.
 */
final class Refit {

    private static final Logger LOG = LoggerFactory.getLogger(Refit.class);
    private static final double SLACK = 1.6;

    private final StudyData data;
    private final Map<String, ModelFamily> families;

    Refit(StudyData data, Map<String, ModelFamily> families) {
        this.data = data;
        this.families = Map.copyOf(families);
    }

    /** Whether members are to be refitted: the caller limits the delivered model, or the folds were a single holdout. */
    static boolean isWanted(Budget budget, int folds) {
        return folds == 1 || isLimited(budget);
    }

    static boolean isLimited(Budget budget) {
        return budget.latency().isPresent() || budget.modelBytes().isPresent();
    }

    /** The members, refitted as far as the time allows, in the same order. */
    List<Delivery.Member> all(List<Delivery.Member> members, Deadline deadline) {
        List<Delivery.Member> refitted = new ArrayList<>();
        for (Delivery.Member member : members) {
            refitted.add(one(member.trial(), deadline)
                    .map(trial -> new Delivery.Member(trial, member.weight(), true))
                    .orElse(member));
        }
        return refitted;
    }

    private Optional<FinishedTrial> one(FinishedTrial trial, Deadline deadline) {
        ModelFamily family = families.get(trial.family());
        double rowsMore =
                (double) data.target().size() / Math.max(1, data.shape().rows());
        double expected = SLACK
                * rowsMore
                * trial.seconds()
                / Math.max(1, trial.foldErrors().size());
        if (family == null || trial.parts().isEmpty() || expected > deadline.remainingSeconds()) {
            return Optional.empty();
        }
        try {
            return Optional.of(trial.withParts(List.of(fit(trial, family, deadline))));
        } catch (DeadlineExceededException e) {
            LOG.debug("No time was left to refit trial {}.", trial.number());
            return Optional.empty();
        }
    }

    private FoldPart fit(FinishedTrial trial, ModelFamily family, Deadline deadline) {
        long seed = Seeds.of(data.seed(), trial.number(), -9);
        var configuration = trial.configuration().without(Proposals.FAMILY);
        Prepared prepared = family.preparation(configuration, data.shape())
                .fit(data.features(), data.target(), data.weights(), new PrepareContext(data.task(), seed, deadline));
        Optional<TargetChange> change = TargetChange.of(configuration, data.target(), data.weights());
        TrainingData plain = new TrainingData(data.task(), prepared.features(), data.target(), data.weights(), null);
        TrainingData training = change.map(one -> one.apply(plain)).orElse(plain);
        int steps = trial.meanSteps();
        Metric metric = change.map(one -> one.metric(data.metric())).orElse(data.metric());
        FitContext context = FitContext.of(metric, seed)
                .withDeadline(deadline)
                .withSteps(steps)
                .withConstraints(data.shape().constraints());
        FittedModel model = family.fit(training, configuration, context);
        deadline.check(); // a fit that the deadline cut short has too few steps: the fold models are better
        Scorer fitted = model.scorer();
        Scorer scorer = change.<Scorer>map(one -> one.undo(fitted).withResiduals(Smearing.residuals(trial.parts())))
                .orElse(fitted);
        return new FoldPart(prepared.preparation(), scorer, steps);
    }
}
