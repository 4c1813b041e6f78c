package org.autotuner.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autotuner.budget.Deadline;
import org.autotuner.execute.StudyData;
import org.autotuner.model.CostEstimate;
import org.autotuner.model.ModelFamily;
import org.jspecify.annotations.Nullable;

/** Chooses the next trial of a study: one that fits into the memory and the time that are left. Used by the coordinator alone. */
final class TrialPlanner {

    private static final int ATTEMPTS = 200;

    private final StudyData data;
    private final BudgetPlan plan;
    private final Proposals proposals;
    private final MemoryLimit memory;
    private final Deadline deadline;
    private final double totalSeconds;
    private final int workers;
    private final CostModel costs = new CostModel();

    TrialPlanner(SearchContext context, Deadline deadline, int workers) {
        this.data = context.data();
        this.plan = context.plan();
        this.proposals = context.proposals();
        this.memory = context.memory();
        this.deadline = deadline;
        this.totalSeconds = deadline.remainingSeconds();
        this.workers = workers;
    }

    /**
     * The next trial; null if nothing is left to try.
     *
     * @param known finished trials that it may know, best first
     * @param gains of the families, as far as it may know
     * @param running fits that run beside
     * @param without where families that do not fit are noted, with the reason
     */
    @Nullable
    TrialState next(
            int number, List<FinishedTrial> known, FamilyGains gains, int running, Map<String, String> without) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Proposal> proposal = proposals.next(number, known, gains);
            if (proposal.isEmpty()) {
                return null;
            }
            ModelFamily family = proposal.get().family();
            CostEstimate cost = family.cost(proposal.get().configuration().without(Proposals.FAMILY), data.shape());
            double share = secondsShare(number, family);
            String reason = whyNot(family, cost, share, running);
            if (reason == null) {
                return new TrialState(
                        number,
                        family.id(),
                        proposal.get().configuration(),
                        cost,
                        share,
                        family.timeFactor(data.shape()) > 1,
                        data.folds().size());
            }
            without.putIfAbsent(family.id(), reason);
        }
        return null;
    }

    /** Learns how long a fit of this trial really took. */
    void learn(TrialState trial, double seconds) {
        double expected = Math.min(trial.estimatedFitSeconds(), Math.max(1e-3, trial.secondsShare()));
        costs.learn(trial.family(), expected, seconds);
    }

    /** Seconds that one fit of this trial should take; infinite if the time has no limit. */
    private double secondsShare(int number, ModelFamily family) {
        if (!deadline.hasLimit()) {
            return Double.POSITIVE_INFINITY;
        }
        double left = deadline.remainingSeconds() * workers;
        return plan.secondsShare(
                number - 1,
                family.timeFactor(data.shape()),
                left,
                totalSeconds,
                data.folds().size());
    }

    /** Why a trial of this cost should not be started now, or null if it should. */
    private @Nullable String whyNot(ModelFamily family, CostEstimate cost, double share, int running) {
        Optional<String> tooLarge = memory.refuses(cost.bytes(), running);
        if (tooLarge.isPresent()) {
            return tooLarge.get();
        }
        if (!deadline.hasLimit()) {
            return null;
        }
        double left = deadline.remainingSeconds();
        double fit = costs.predict(family.id(), cost.seconds());
        if (!cost.interruptible() && fit > Math.max(Math.min(0.5, left * 0.8), 0.2 * left)) {
            return "one fit would take about %.1f s and cannot be interrupted, but %.1f s were left"
                    .formatted(fit, left);
        }
        int folds = data.folds().size();
        double trial = Math.min(fit, cost.interruptible() ? 1.5 * share : fit) * folds / Math.min(workers, folds);
        return trial > 0.9 * left
                ? "a trial would take about %.1f s, but %.1f s were left".formatted(trial, left)
                : null;
    }
}
