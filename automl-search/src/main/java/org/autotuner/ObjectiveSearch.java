package org.autotuner;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.budget.Budget;
import org.autotuner.budget.Cancellation;
import org.autotuner.error.OptionException;
import org.autotuner.optimize.AutoOptimizer;
import org.autotuner.optimize.Optimizer;
import org.autotuner.optimize.StartingPoints;
import org.autotuner.prune.NoPruner;
import org.autotuner.prune.Pruner;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;
import org.autotuner.storage.StudyStorage;
import org.autotuner.study.StopRule;
import org.autotuner.study.StudyListener;
import org.jspecify.annotations.Nullable;

/**
 * All options of a search over an objective of the caller. The first trial is the space's defaults, unless asked
 * otherwise. In a budget of trials, equal seed, trials and threads give equal trials, whatever the timing: trial n knows
 * the outcomes of trials 0 to n - threads. With a shared storage several processes run one study: the budget's trials are
 * those of all of them, each trial knows what its process knew when it began, and a run ends when all trials have ended,
 * also those of the other processes. Options are set by one thread; {@link #run} may be called once per option
 * set at a time.
 *
 * <pre>{@code
 * RealParameter rate = Parameter.reals("learning_rate", 1e-5, 1e-2).log();
 * StudyResult best = ObjectiveSearch.minimize(SearchSpace.of(rate))
 *         .budget(Budget.ofTrials(100)).threads(4).run(trial -> loss(trial.get(rate)));
 * }</pre>
 */
public final class ObjectiveSearch {

    private final SearchSpace space;
    private final boolean isMaximised;
    private final List<Configuration> first = new ArrayList<>();
    private final List<StopRule> stopRules = new ArrayList<>();
    private final List<StudyListener> listeners = new ArrayList<>();
    private Budget budget = Budget.ofTrials(100);
    private Optimizer optimizer = new AutoOptimizer();
    private Pruner pruner = new NoPruner();
    private Cancellation cancellation = new Cancellation();
    private @Nullable StudyStorage storage;
    private long seed = 1;
    private Sharing sharing = Sharing.standard();
    private int threads = 1;
    private boolean hasDefaultsFirst = true;

    private ObjectiveSearch(SearchSpace space, boolean isMaximised) {
        this.space = space;
        this.isMaximised = isMaximised;
    }

    public static ObjectiveSearch minimize(SearchSpace space) {
        return new ObjectiveSearch(space, false);
    }

    public static ObjectiveSearch maximize(SearchSpace space) {
        return new ObjectiveSearch(space, true);
    }

    /** Time, trials or both; default: 100 trials. Its threads are not used: see {@link #threads}. */
    public ObjectiveSearch budget(Budget granted) {
        budget = granted;
        return this;
    }

    /** What proposes configurations; default: {@link AutoOptimizer}. */
    public ObjectiveSearch optimizer(Optimizer chosen) {
        optimizer = chosen;
        return this;
    }

    /** What ends hopeless trials early; default: nothing does. */
    public ObjectiveSearch pruner(Pruner chosen) {
        pruner = chosen;
        return this;
    }

    /** A configuration to try before the optimizer is asked; may be called several times. */
    public ObjectiveSearch startWith(Configuration configuration) {
        first.add(configuration);
        return this;
    }

    /** Does not begin with the defaults of the space. */
    public ObjectiveSearch withoutDefaults() {
        hasDefaultsFirst = false;
        return this;
    }

    /** Where trials are kept, so that a later run goes on from there; default: nowhere. */
    public ObjectiveSearch storage(StudyStorage chosen) {
        storage = chosen;
        return this;
    }

    /** What happens to the trials of processes that died, where several share the storage; default: standard. */
    public ObjectiveSearch sharing(Sharing chosen) {
        sharing = chosen;
        return this;
    }

    /** Adds a rule by which the study ends before its budget. */
    public ObjectiveSearch stopWhen(StopRule rule) {
        stopRules.add(rule);
        return this;
    }

    /** Adds a listener; the errors in its events are lower for better, so negative values where one maximises. */
    public ObjectiveSearch listener(StudyListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Lets another thread end the study early, with the best so far. */
    public ObjectiveSearch cancellation(Cancellation given) {
        cancellation = given;
        return this;
    }

    /** Seed of all randomness of the search; default 1. */
    public ObjectiveSearch seed(long chosen) {
        seed = chosen;
        return this;
    }

    /** Number of trials at the same time; default 1, so that an objective need not be thread-safe. */
    public ObjectiveSearch threads(int count) {
        threads = count;
        return this;
    }

    /**
     * Runs the study on the calling thread (objectives run on daemon threads) and returns at the latest half a second
     * after the time is up, also if the objective hangs. An interrupt of the calling thread is a cancel and stays set.
     *
     * @throws OptionException that lists every wrong option
     * @throws org.autotuner.error.StorageException if the storage holds another study or is in use
     */
    public StudyResult run(Objective objective) {
        return run(Evaluation.of(objective, isMaximised), direction(), List.of());
    }

    /**
     * Runs a study of any kind of evaluation.
     *
     * @param fingerprint of what is searched for
     * @param known what is wrong already
     */
    StudyResult run(Evaluation evaluation, String fingerprint, List<String> known) {
        List<String> faults = new ArrayList<>(known);
        if (threads < 1) {
            faults.add("threads must be at least 1, but was %d.".formatted(threads));
        }
        for (Configuration configuration : first) {
            if (!space.contains(configuration)) {
                faults.add("startWith: %s does not lie in the space %s.".formatted(configuration, space));
            }
        }
        requireNone(faults);
        try (StudyBook book = openBook(timed(), fingerprint);
                ObjectiveRun run = new ObjectiveRun(
                        book, evaluation, isMaximised, pruner, budget, threads, cancellation, stopRules, listeners)) {
            return run.run();
        }
    }

    /**
     * Opens the study for code that runs its own loop: ask, tell, recommend. Budget, stop rules, listeners and threads play
     * no part there, as the loop is the caller's; the pruner does.
     *
     * @throws org.autotuner.error.StorageException if the storage holds another study or is in use
     */
    public Study open() {
        return open(direction(), List.of());
    }

    /** Opens a study of any kind of values; {@link #run(Evaluation, String, List)} tells the parameters. */
    Study open(String fingerprint, List<String> known) {
        requireNone(known);
        return new Study(openBook(optimizer, fingerprint), isMaximised, pruner, cancellation);
    }

    /** In a budget of time alone, where results depend on the clock anyway, optimizers may mind the time too. */
    private Optimizer timed() {
        return budget.time().isPresent() && budget.trials().isEmpty()
                ? optimizer.withinSeconds(budget.time().get().toNanos() * 1e-9 * threads)
                : optimizer;
    }

    private static void requireNone(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new OptionException("%d option(s) are wrong:%n- %s"
                    .formatted(faults.size(), String.join(System.lineSeparator() + "- ", faults)));
        }
    }

    private String direction() {
        return isMaximised ? "maximize" : "minimize";
    }

    private StudyBook openBook(Optimizer proposing, String fingerprint) {
        List<Configuration> points = new ArrayList<>(first);
        if (hasDefaultsFirst) {
            points.add(space.defaults());
        }
        return StudyBook.open(space, new StartingPoints(proposing, points), seed, fingerprint, storage, sharing);
    }
}
