package org.autotuner.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.autotuner.budget.Cancellation;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.MemoryGuard;
import org.autotuner.budget.Ticker;
import org.autotuner.data.Table;
import org.autotuner.ensemble.GreedyEnsembler;
import org.autotuner.execute.FoldCache;
import org.autotuner.execute.LocalExecutor;
import org.autotuner.execute.Seeds;
import org.autotuner.execute.StudyData;
import org.autotuner.execute.TargetChange;
import org.autotuner.execute.TrialRunner;
import org.autotuner.model.AutoModel;
import org.autotuner.model.ModelFamily;
import org.jspecify.annotations.Nullable;

/**
 * One fit from table to model: task, profile, folds, search, ensemble, honest score, delivery. Steps 1 to 10 of the
 * architecture page, in that order, each in a class of its own. {@link #run()} may be called once, by one thread; the
 * other methods are thread-safe.
 */
public final class TableSearch {

    private static final double JOIN_SHARE = 0.03;
    private static final double REFIT_SHARE = 0.1;
    private static final String NOT_REACHED = "skipped: the search ended before a trial of it did";
    private static final Duration AFTER_CANCEL = Duration.ofMillis(400);

    private final Table table;
    private final SearchSettings settings;
    private final Ticker ticker;
    private final long start;
    private final Deadline whole;
    private final Candidates candidates = new Candidates();
    private volatile @Nullable Assembly assembly;
    private volatile @Nullable FitReport report;

    /** Prepares a fit; the budget counts from here. */
    public TableSearch(Table table, SearchSettings settings, Ticker ticker, Cancellation cancellation) {
        this.table = table;
        this.settings = settings;
        this.ticker = ticker;
        this.start = ticker.nanos();
        this.whole = settings.budget()
                .time()
                .map(time -> Deadline.after(time, ticker, cancellation))
                .orElseGet(() -> Deadline.unlimited(cancellation));
    }

    /** A model of the best finished trial so far; empty before the first one. */
    public Optional<AutoModel> bestSoFar() {
        Assembly made = assembly;
        return made == null
                ? Optional.empty()
                : candidates.selectable().stream().findFirst().map(made::single);
    }

    /** How the fit went, once {@link #run()} has returned. */
    public FitReport report() {
        return Objects.requireNonNull(report, "the fit has not returned yet");
    }

    /**
     * Fits and returns the model.
     *
     * @throws org.autotuner.error.DataException if the table cannot be used
     * @throws org.autotuner.error.OptionException if an option does not fit the table
     */
    public AutoModel run() {
        MemoryGuard guard = MemoryGuard.start(settings.budget());
        List<String> warnings = new ArrayList<>();
        try (Announcer announcer = new Announcer(settings.listeners(), ticker, start)) {
            announcer.started(settings.budget());
            StudySetup setup = StudySetup.of(table, settings, whole, warnings);
            setup.profileWarnings().forEach(announcer::warning);
            StudyData data = setup.data();
            EvaluationRows rows = EvaluationRows.of(data.folds(), data.target().size(), Seeds.of(data.seed(), -3));
            OutOfFold outOfFold = new OutOfFold(data, rows);
            Assembly made = new Assembly(setup, settings);
            FinishedTrial baseline = Baseline.trial(data, rows, outOfFold);
            candidates.add(baseline);
            announcer.baseline(baseline.error());
            assembly = made;

            Map<String, ModelFamily> plain = Families.found(settings.added(), warnings);
            Sentences sentences = Sentences.of(plain.values(), settings, data, whole);
            Map<String, ModelFamily> found = Families.withSentences(plain, sentences);
            Families.Chosen chosen =
                    Families.choose(found, settings.families(), settings.isInterpretable(), data.shape());
            List<ModelFamily> searched = chosen.families().stream()
                    .filter(family -> !family.id().equals(Baseline.FAMILY))
                    .toList();
            Map<String, String> reasons = new LinkedHashMap<>(chosen.reasons());
            reasons.putAll(sentences.reasons());
            if (!searched.isEmpty() && !whole.isOver()) {
                reasons.putAll(
                        search(setup, rows, outOfFold, baseline, searched, sentences, guard, warnings, announcer));
            }
            searched.forEach(family -> reasons.putIfAbsent(family.id(), NOT_REACHED));
            announcer.phase("ensemble");
            Deadline rest = whole.isCancelled() ? Deadline.after(AFTER_CANCEL) : whole;
            Refit refit = new Refit(data, found);
            AutoModel model = deliver(setup, rows, outOfFold, made, refit, rest, reasons, warnings, announcer);
            announcer.finished(report());
            sentences.forget();
            return model;
        }
    }

    private Map<String, String> search(
            StudySetup setup,
            EvaluationRows rows,
            OutOfFold outOfFold,
            FinishedTrial baseline,
            List<ModelFamily> families,
            Sentences sentences,
            MemoryGuard guard,
            List<String> warnings,
            Announcer announcer) {
        StudyData data = setup.data();
        BudgetPlan plan = setup.plan();
        boolean isRefitted = isRefitted(data);
        double share = isRefitted ? plan.searchShare() - REFIT_SHARE : plan.searchShare();
        Deadline deadline = whole.hasLimit() ? untilShareOfWhole(share) : whole;
        Map<String, ModelFamily> byId = new LinkedHashMap<>();
        families.forEach(family -> byId.put(family.id(), family));
        Proposals proposals = new Proposals(
                families,
                data.shape(),
                TargetChange.parameter(data.task(), data.target()).orElse(null),
                settings.optimizer(),
                data.seed());
        FoldCache cache = new FoldCache(data, guard.cacheBytes());
        int workers = Math.max(1, settings.budget().threads());
        try (TrialLedger ledger = openLedger(setup, proposals, sentences);
                LocalExecutor executor = new LocalExecutor(new TrialRunner(data, cache, byId), deadline, workers)) {
            ledger.warnings().forEach(announcer::warning);
            warnings.addAll(ledger.warnings());
            announcer.phase("search");
            SearchContext context = new SearchContext(
                    data,
                    plan,
                    proposals,
                    outOfFold,
                    candidates,
                    new EnsembleGain(new RunningBlend(data, rows), whole.hasLimit()),
                    ledger,
                    announcer,
                    new MemoryLimit(
                            guard,
                            whole.hasLimit()
                                    || settings.budget().memoryMegabytes().isPresent()),
                    settings.pruner().forRunningMeans(),
                    () -> announcer.isStoppedBy(settings.stopRules()));
            SearchLoop loop = new SearchLoop(
                    context,
                    deadline,
                    whole.hasLimit() ? untilShareOfWhole(share + JOIN_SHARE) : whole,
                    executor,
                    baseline.foldErrors().stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray());
            loop.run();
            return loop.without();
        } finally {
            cache.clear();
        }
    }

    /** A deadline at this share of the whole time, counted from the start of the fit. */
    private Deadline untilShareOfWhole(double share) {
        double used = whole.fractionUsed();
        return used >= share ? whole.share(0) : whole.share((share - used) / (1 - used));
    }

    private TrialLedger openLedger(StudySetup setup, Proposals proposals, Sentences sentences) {
        if (settings.storage() == null) {
            return TrialLedger.none();
        }
        return TrialLedger.open(
                settings.storage().open(),
                setup.fingerprint(),
                proposals.space(),
                setup.data().task(),
                sentences::encoder);
    }

    private AutoModel deliver(
            StudySetup setup,
            EvaluationRows rows,
            OutOfFold outOfFold,
            Assembly made,
            Refit refit,
            Deadline rest,
            Map<String, String> reasons,
            List<String> warnings,
            Announcer announcer) {
        StudyData data = setup.data();
        Delivery delivery = new Delivery(data, rows, outOfFold, new GreedyEnsembler(), settings.budget());
        List<FinishedTrial> selectable = withoutBaseline(candidates.selectable());
        Delivery.Chosen chosen = delivery.choose(selectable, settings.maxMembers(), shareOf(rest, 0.4));
        announcer.phase("score");
        HonestValidation honest = new HonestValidation(data, rows);
        boolean isRefitted = isRefitted(data);
        FitReport.Validation validation = honest.of(selectable, chosen, shareOf(rest, isRefitted ? 0.25 : 0.6));
        PostProcessing post = PostProcessing.of(data, rows, chosen.outOfFold(), rest);
        List<Delivery.Member> delivered = chosen.members();
        if (isRefitted && !rest.isCancelled()) {
            announcer.phase("refit");
            delivered = refit.all(delivered, shareOf(rest, 0.8));
        }
        if (settings.isInterpretable()) {
            delivered =
                    delivered.stream().map(member -> single(member, warnings)).toList();
        }
        List<FinishedTrial> all = candidates.all();
        AutoModel model = made.of(delivered, all, validation, post);
        Map<String, String> families = familyReasons(all, chosen, reasons);
        report = new FitReport(
                setup.taskReason(),
                (ticker.nanos() - start) * 1e-9,
                announcer.firstModelSeconds(),
                all.size(),
                families,
                warnings,
                made.notes(delivered),
                data.metric().name(),
                validation);
        return model;
    }

    private boolean isRefitted(StudyData data) {
        return settings.isInterpretable()
                || Refit.isWanted(settings.budget(), data.folds().size());
    }

    /** One model to look at: the mean of several trees or functions is none. */
    private static Delivery.Member single(Delivery.Member member, List<String> warnings) {
        List<FoldPart> parts = member.trial().parts();
        if (parts.size() <= 1) {
            return member;
        }
        warnings.add("There was no time to fit the model on all rows: that of the first fold is delivered. "
                + "Grant a longer budget.");
        return new Delivery.Member(member.trial().withParts(parts.subList(0, 1)), member.weight());
    }

    /** The prior is no member beside others: ranks do not notice it, and it only blurs probabilities. */
    private static List<FinishedTrial> withoutBaseline(List<FinishedTrial> all) {
        List<FinishedTrial> others = all.stream()
                .filter(trial -> !trial.family().equals(Baseline.FAMILY))
                .toList();
        return others.isEmpty() ? all : others;
    }

    private static Deadline shareOf(Deadline deadline, double share) {
        return deadline.hasLimit() ? deadline.share(share) : deadline;
    }

    private static Map<String, String> familyReasons(
            List<FinishedTrial> all, Delivery.Chosen chosen, Map<String, String> without) {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (FinishedTrial trial : all) {
            long trials = all.stream()
                    .filter(one -> one.family().equals(trial.family()))
                    .count();
            double weight = chosen.members().stream()
                    .filter(member -> member.trial().family().equals(trial.family()))
                    .mapToDouble(Delivery.Member::weight)
                    .sum();
            reasons.putIfAbsent(
                    trial.family(),
                    weight > 0
                            ? "used: weight %.2f, %d finished trial(s)".formatted(weight, trials)
                            : "tried: %d finished trial(s), none improved the ensemble".formatted(trials));
        }
        without.forEach((family, reason) -> {
            boolean isWhole = reason.startsWith("skipped") || reason.startsWith("tried");
            reasons.putIfAbsent(family, isWhole ? reason : "skipped: " + reason);
        });
        return reasons;
    }
}
