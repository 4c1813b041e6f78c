package org.autotuner;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.budget.Budget;
import org.autotuner.budget.Cancellation;
import org.autotuner.error.OptionException;
import org.autotuner.optimize.Optimizer;
import org.autotuner.optimize.ParetoOptimizer;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;
import org.autotuner.storage.StudyStorage;
import org.autotuner.study.StopRule;
import org.autotuner.study.StudyListener;

/**
 * A search for several objectives at once, or for one or more under limits such as a latency: its result is the front of
 * those trials that no other one beats in every way. Options, order of trials, repeatability, resume and sharing are those
 * of {@link ObjectiveSearch}; there is no pruner, as a trial that falls behind in one way may lead in another. Options are
 * set by one thread; {@link #run} may be called once per option set at a time.
 *
 * <pre>{@code
 * ParetoResult result = ParetoSearch.over(space)
 *         .minimize("error").minimize("latency_ms").atMost("model_bytes", 1_000_000)
 *         .budget(Budget.ofTrials(100))
 *         .run(trial -> Map.of("error", error(trial), "latency_ms", latency(trial), "model_bytes", bytes(trial)));
 * result.front().forEach(System.out::println);
 * }</pre>
 */
public final class ParetoSearch {

    private final SearchSpace space;
    private final ObjectiveSearch search;
    private final List<Goals.Goal> objectives = new ArrayList<>();
    private final List<Goals.Limit> limits = new ArrayList<>();

    private ParetoSearch(SearchSpace space) {
        this.space = space;
        this.search = ObjectiveSearch.minimize(space).optimizer(new ParetoOptimizer());
    }

    /** A search of a space; say next what for. */
    public static ParetoSearch over(SearchSpace space) {
        return new ParetoSearch(space);
    }

    /** Adds an objective of which less is better. */
    public ParetoSearch minimize(String objective) {
        objectives.add(new Goals.Goal(objective, false));
        return this;
    }

    /** Adds an objective of which more is better. */
    public ParetoSearch maximize(String objective) {
        objectives.add(new Goals.Goal(objective, true));
        return this;
    }

    /** Adds a constraint: a measure, which may also be an objective, must not exceed the limit. */
    public ParetoSearch atMost(String measure, double limit) {
        limits.add(new Goals.Limit(measure, limit, false));
        return this;
    }

    /** Adds a constraint: a measure, which may also be an objective, must reach the limit. */
    public ParetoSearch atLeast(String measure, double limit) {
        limits.add(new Goals.Limit(measure, limit, true));
        return this;
    }

    /** Time, trials or both; default: 100 trials. Its threads are not used: see {@link #threads}. */
    public ParetoSearch budget(Budget granted) {
        search.budget(granted);
        return this;
    }

    /**
     * What proposes configurations; default: {@link ParetoOptimizer}. One that is made for a single objective sees the
     * first one alone and no limits.
     */
    public ParetoSearch optimizer(Optimizer chosen) {
        search.optimizer(chosen);
        return this;
    }

    /** A configuration to try before the optimizer is asked; may be called several times. */
    public ParetoSearch startWith(Configuration configuration) {
        search.startWith(configuration);
        return this;
    }

    /** Does not begin with the defaults of the space. */
    public ParetoSearch withoutDefaults() {
        search.withoutDefaults();
        return this;
    }

    /** Where trials are kept, so that a later run goes on from there; default: nowhere. */
    public ParetoSearch storage(StudyStorage chosen) {
        search.storage(chosen);
        return this;
    }

    /** What happens to the trials of processes that died, where several share the storage; default: standard. */
    public ParetoSearch sharing(Sharing chosen) {
        search.sharing(chosen);
        return this;
    }

    /** Adds a rule by which the study ends before its budget; built-in rules see the first objective alone. */
    public ParetoSearch stopWhen(StopRule rule) {
        search.stopWhen(rule);
        return this;
    }

    /**
     * Adds a listener. In the trials of its events all values are lower for better, so negative where one maximises;
     * {@code BestImproved} tells of the first objective among trials that keep all limits.
     */
    public ParetoSearch listener(StudyListener listener) {
        search.listener(listener);
        return this;
    }

    /** Lets another thread end the study early, with the front so far. */
    public ParetoSearch cancellation(Cancellation given) {
        search.cancellation(given);
        return this;
    }

    /** Seed of all randomness of the search; default 1. */
    public ParetoSearch seed(long chosen) {
        search.seed(chosen);
        return this;
    }

    /** Number of trials at the same time; default 1, so that an objective need not be thread-safe. */
    public ParetoSearch threads(int count) {
        search.threads(count);
        return this;
    }

    /**
     * Runs the study on the calling thread, as {@link ObjectiveSearch#run} does.
     *
     * @throws OptionException that lists every wrong option
     * @throws org.autotuner.error.StorageException if the storage holds another study or is in use
     */
    public ParetoResult run(ParetoObjective objective) {
        Goals goals = new Goals(objectives, limits);
        StudyResult result = search.run(goals.evaluation(objective), goals.toString(), goals.faults());
        return new ParetoResult(space, goals, result);
    }

    /**
     * Opens the study for code that runs its own loop. Budget, rules, listeners and threads play no part there.
     *
     * @throws OptionException that lists every wrong objective and limit
     * @throws org.autotuner.error.StorageException if the storage holds another study or is in use
     */
    public ParetoStudy open() {
        Goals goals = new Goals(objectives, limits);
        return new ParetoStudy(space, goals, search.open(goals.toString(), goals.faults()));
    }
}
