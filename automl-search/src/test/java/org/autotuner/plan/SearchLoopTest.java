package org.autotuner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.autotuner.budget.Budget;
import org.autotuner.budget.Cancellation;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.MemoryGuard;
import org.autotuner.budget.MutableClock;
import org.autotuner.budget.Ticker;
import org.autotuner.execute.FoldCache;
import org.autotuner.execute.FoldTask;
import org.autotuner.execute.StudyData;
import org.autotuner.execute.TrialRunner;
import org.autotuner.fakes.FakeFamily;
import org.autotuner.fakes.Fits;
import org.autotuner.fakes.Samples;
import org.autotuner.model.CostEstimate;
import org.autotuner.model.FittedModel;
import org.autotuner.model.ModelFamily;
import org.autotuner.optimize.Optimizer;
import org.autotuner.optimize.OptimizerSession;
import org.autotuner.optimize.RandomOptimizer;
import org.autotuner.prune.NoPruner;
import org.autotuner.score.ConstantScorer;
import org.autotuner.space.SearchSpace;
import org.autotuner.storage.InMemoryStorage;
import org.autotuner.study.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SearchLoopTest {

    private static final FakeFamily GOOD =
            FakeFamily.of("good", Fits::threshold).startingAt(4, 5);
    private static final FakeFamily POOR =
            FakeFamily.of("poor", (data, configuration, context) -> FittedModel.of(ConstantScorer.of(0.999)));

    private StudyData data = Samples.study(90, 3);
    private Optimizer optimizer = new RandomOptimizer();

    /** One run of the loop. */
    private final class Run {

        final Candidates candidates = new Candidates();
        final Map<String, ModelFamily> families = new LinkedHashMap<>();
        final ScriptedExecutor executor;
        final SearchLoop loop;

        Run(int trials, int workers, boolean lastFirst, Deadline deadline, FakeFamily... given) {
            this(trials, workers, lastFirst, deadline, TrialLedger.none(), () -> false, given);
        }

        Run(
                int trials,
                int workers,
                boolean lastFirst,
                Deadline deadline,
                TrialLedger ledger,
                BooleanSupplier stops,
                FakeFamily... given) {
            for (FakeFamily family : given) {
                families.put(family.id(), family);
            }
            EvaluationRows rows = EvaluationRows.of(data.folds(), data.target().size(), 1);
            OutOfFold outOfFold = new OutOfFold(data, rows);
            FinishedTrial baseline = Baseline.trial(data, rows, outOfFold);
            candidates.add(baseline);
            TrialRunner runner = new TrialRunner(data, new FoldCache(data, 1 << 20), families);
            executor = new ScriptedExecutor(workers, lastFirst, task -> runner.run(task, deadline));
            SearchContext context = new SearchContext(
                    data,
                    new BudgetPlan(90, 3, 0.1, trials, true, 1),
                    proposals(families),
                    outOfFold,
                    candidates,
                    new EnsembleGain(new RunningBlend(data, rows), deadline.hasLimit()),
                    ledger,
                    new Announcer(List.of(), Ticker.system(), 0),
                    new MemoryLimit(MemoryGuard.start(Budget.ofTrials(1)), true),
                    new NoPruner(),
                    stops);
            loop = new SearchLoop(
                    context,
                    deadline,
                    deadline,
                    executor,
                    baseline.foldErrors().stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray());
            loop.run();
        }

        List<String> finished() {
            return candidates.all().stream()
                    .map(trial -> trial.number() + " " + trial.configuration().toJson() + " " + trial.error())
                    .toList();
        }
    }

    private Proposals proposals(Map<String, ModelFamily> families) {
        return new Proposals(List.copyOf(families.values()), data.shape(), null, optimizer, 5);
    }

    @Test
    void aTrialBudgetGrantsSoManyTrialsOnEveryFold() {
        Run run = new Run(4, 1, false, Deadline.never(), GOOD);
        assertThat(run.executor.submitted())
                .extracting(FoldTask::trial)
                .contains(1, 2, 3, 4)
                .doesNotContain(5);
        for (FinishedTrial trial : run.candidates.all()) {
            assertThat(trial.foldErrors()).hasSize(3);
        }
    }

    @Test
    void inATrialBudgetTheOrderInWhichFoldsEndDoesNotMatter() {
        for (int workers : new int[] {2, 3, 5}) {
            Run first = new Run(15, workers, false, Deadline.never(), GOOD, POOR);
            Run last = new Run(15, workers, true, Deadline.never(), GOOD, POOR);
            assertThat(last.finished()).as("%d workers", workers).isEqualTo(first.finished());
        }
    }

    @Test
    void inATrialBudgetFitsHaveNoLimitOfTimeAndNothingIsAdapted() {
        Run run = new Run(2, 1, false, Deadline.never(), GOOD);
        assertThat(run.executor.submitted()).allSatisfy(task -> {
            assertThat(task.limitSeconds()).isInfinite();
            assertThat(task.secondsShare()).isInfinite();
            assertThat(task.adapt()).isFalse();
        });
    }

    @Test
    void aHopelessTrialEndsAfterItsFirstFold() {
        Run run = new Run(3, 1, false, Deadline.never(), GOOD, POOR);
        assertThat(run.executor.submitted().stream()
                        .filter(task -> task.family().equals("poor")))
                .isNotEmpty()
                .allMatch(task -> task.fold() == 0);
        assertThat(run.candidates.all()).noneMatch(trial -> trial.family().equals("poor"));
        assertThat(run.loop.without()).containsOnlyKeys("poor");
        assertThat(run.loop.without().get("poor")).startsWith("tried");
    }

    @Test
    void aFailingFamilyDoesNotEndTheSearchAndLeavesItsCause() {
        FakeFamily bad = FakeFamily.of("bad", Fits.throwing("singular matrix"));
        Run run = new Run(6, 2, false, Deadline.never(), bad, GOOD);
        assertThat(run.candidates.best())
                .get()
                .extracting(FinishedTrial::family)
                .isEqualTo("good");
        assertThat(run.loop.without().get("bad")).contains("singular matrix");
    }

    @Test
    void anUnavailableFamilyIsAskedOnce() {
        FakeFamily absent = FakeFamily.of("absent", Fits::threshold).unavailableFor("install libfoo");
        Run run = new Run(10, 1, false, Deadline.never(), absent, GOOD);
        assertThat(run.executor.submitted().stream()
                        .filter(task -> task.family().equals("absent")))
                .hasSize(1);
        assertThat(run.loop.without()).containsEntry("absent", "install libfoo");
    }

    @Test
    void aFitThatWouldNotFitIntoMemoryIsNeverStarted() {
        FakeFamily huge = FakeFamily.of("huge", Fits::threshold).costing(new CostEstimate(0.001, 1L << 50, true));
        Run run = new Run(4, 1, false, Deadline.never(), huge, GOOD);
        assertThat(run.executor.submitted()).noneMatch(task -> task.family().equals("huge"));
        assertThat(run.loop.without().get("huge")).contains("MB");
    }

    @Test
    void aFitThatCannotBeInterruptedIsNotStartedWhenItWouldNotEndInTime() {
        FakeFamily slow = FakeFamily.of("slow", Fits::threshold).costing(new CostEstimate(500, 1_000, false));
        Deadline deadline = Deadline.after(Duration.ofSeconds(10), new MutableClock(), new Cancellation());
        Run run = new Run(5, 1, false, deadline, slow, GOOD);
        assertThat(run.executor.submitted()).isNotEmpty().noneMatch(task -> task.family()
                .equals("slow"));
        assertThat(run.loop.without().get("slow")).contains("cannot be interrupted");
    }

    @Test
    void withADeadlineEveryFitHasALimitWithinIt() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(10), new MutableClock(), new Cancellation());
        Run run = new Run(4, 2, false, deadline, GOOD);
        assertThat(run.executor.submitted())
                .isNotEmpty()
                .allMatch(task -> task.limitSeconds() > 0 && task.limitSeconds() < 10);
    }

    @Test
    void aFamilyThatAsksForItGetsMoreTime() {
        assertThat(shareOf(GOOD)).isEqualTo(10 * 0.1 / 3, within(1e-9));
        assertThat(shareOf(GOOD.withTimeFactor(2))).isEqualTo(10 * 0.2 / 3, within(1e-9));
        assertThat(shareOf(GOOD.withTimeFactor(100)))
                .as("at most three tenths of what is left")
                .isEqualTo(10 * 0.3 / 3, within(1e-9));
        assertThat(shareOf(GOOD.withTimeFactor(0.5))).as("never less").isEqualTo(10 * 0.1 / 3, within(1e-9));
    }

    /** Seconds that the first fit should take. */
    private double shareOf(FakeFamily family) {
        return firstTask(family).secondsShare();
    }

    /** In a budget of ten seconds, in which the clock stands still. */
    private FoldTask firstTask(FakeFamily family) {
        Deadline deadline = Deadline.after(Duration.ofSeconds(10), new MutableClock(), new Cancellation());
        return new Run(4, 1, false, deadline, family).executor.submitted().get(0);
    }

    /** The first of them makes the ensemble, the others say the same: only those that take more time must add to it. */
    @Test
    void whatTakesMoreTimeMustPromiseAGainByItsFirstFold() {
        data = Samples.study(6_000, 3);
        FakeFamily twin = FakeFamily.of("twin", Fits::threshold);
        FakeFamily longTwin = FakeFamily.of("long-twin", Fits::threshold).withTimeFactor(2);
        Deadline deadline = Deadline.after(Duration.ofSeconds(10), new MutableClock(), new Cancellation());
        Run run = new Run(3, 1, false, deadline, GOOD, twin, longTwin);
        assertThat(foldsOf(run, "twin")).contains(0, 1, 2);
        assertThat(foldsOf(run, "long-twin")).containsOnly(0);
        data = Samples.study(600, 3);
        assertThat(foldsOf(new Run(3, 1, false, deadline, GOOD, twin, longTwin), "long-twin"))
                .as("few rows tell nothing")
                .contains(0, 1, 2);
    }

    private static List<Integer> foldsOf(Run run, String family) {
        return run.executor.submitted().stream()
                .filter(task -> task.family().equals(family))
                .map(FoldTask::fold)
                .toList();
    }

    @Test
    void theFirstFitIsHurriedUnlessItCouldNotBeUsedThen() {
        assertThat(firstTask(GOOD).limitSeconds()).isEqualTo(0.15);
        assertThat(firstTask(GOOD.costing(new CostEstimate(0.1, 1_000, false))).limitSeconds())
                .isGreaterThan(0.9);
    }

    @Test
    void aCancelledSearchStartsNothing() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        Run run = new Run(4, 2, false, Deadline.unlimited(cancellation), GOOD);
        assertThat(run.executor.submitted()).isEmpty();
    }

    @Test
    void aStopRuleEndsTheSearch() {
        int[] asked = new int[1];
        Run run = new Run(50, 1, false, Deadline.never(), TrialLedger.none(), () -> ++asked[0] > 3, GOOD);
        assertThat(run.executor.submitted().stream().mapToInt(FoldTask::trial).max())
                .hasValue(3);
    }

    @Test
    void finishedTrialsOfTheJournalAreTakenFromThere() {
        InMemoryStorage storage = new InMemoryStorage();
        List<String> whole;
        try (TrialLedger ledger = open(storage)) {
            whole = new Run(9, 2, false, Deadline.never(), ledger, () -> false, GOOD, POOR).finished();
        }
        try (TrialLedger ledger = open(storage)) {
            Run again = new Run(9, 2, true, Deadline.never(), ledger, () -> false, GOOD, POOR);
            assertThat(again.executor.submitted()).isEmpty();
            assertThat(again.finished()).isEqualTo(whole);
        }
        try (TrialLedger ledger = open(storage)) {
            Run more = new Run(11, 2, false, Deadline.never(), ledger, () -> false, GOOD, POOR);
            assertThat(more.executor.submitted()).extracting(FoldTask::trial).containsOnly(10, 11);
            assertThat(more.finished()).isEqualTo(new Run(11, 2, false, Deadline.never(), GOOD, POOR).finished());
        }
    }

    private TrialLedger open(InMemoryStorage storage) {
        Map<String, ModelFamily> families = new LinkedHashMap<>();
        families.put("good", GOOD);
        families.put("poor", POOR);
        return TrialLedger.open(storage.open(), "study", proposals(families).space(), data.task(), Trials::noEncoder);
    }

    @Test
    void everyTrialIsProposedOnce() {
        Run run = new Run(30, 3, true, Deadline.never(), GOOD, POOR);
        List<String> first = new ArrayList<>();
        for (FoldTask task : run.executor.submitted()) {
            if (task.fold() == 0) {
                first.add(task.family() + task.configuration().toJson());
            }
        }
        assertThat(first).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void aProposalKnowsTheSameTrialsInWhateverOrderFoldsEnd() {
        Map<Integer, List<Integer>> first = knownByProposal(false);
        assertThat(first).as("the trials after the two starting points").containsKeys(3, 4, 5, 6, 7, 8);
        assertThat(first.get(7)).allMatch(number -> number <= 4);
        assertThat(knownByProposal(true)).isEqualTo(first);
    }

    /** By number of the proposal, the trials that the optimizer was shown; three workers. */
    private Map<Integer, List<Integer>> knownByProposal(boolean lastFirst) {
        Map<Integer, List<Integer>> known = new LinkedHashMap<>();
        optimizer = new Optimizer() {
            @Override
            public String name() {
                return "recording";
            }

            @Override
            public OptimizerSession open(SearchSpace space, long seed) {
                OptimizerSession random = new RandomOptimizer().open(space, seed);
                return (number, history) -> {
                    known.put(
                            number, history.trials().stream().map(Trial::number).toList());
                    return random.propose(number, history);
                };
            }
        };
        new Run(12, 3, lastFirst, Deadline.never(), GOOD);
        return known;
    }
}
