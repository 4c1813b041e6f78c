package org.autotuner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.autotuner.budget.Budget;
import org.autotuner.budget.Cancellation;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.Ticker;
import org.autotuner.data.Table;
import org.autotuner.error.OptionException;
import org.autotuner.metric.Metric;
import org.autotuner.metric.Metrics;
import org.autotuner.optimize.AutoOptimizer;
import org.autotuner.optimize.Optimizer;
import org.autotuner.prune.NoPruner;
import org.autotuner.prune.Pruner;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;
import org.autotuner.storage.StudyStorage;
import org.autotuner.study.StopRule;
import org.autotuner.study.StudyListener;
import org.autotuner.study.Trial;
import org.autotuner.train.NetworkBuilder;
import org.autotuner.train.NetworkData;
import org.autotuner.train.TorchLibrary;
import org.autotuner.train.TrainedNetwork;
import org.autotuner.train.TrainingSettings;
import org.jspecify.annotations.Nullable;

/**
 * Tunes a network of the caller's own: trains one per trial, reports its validation score after each epoch, and gives back
 * the best one trained, with its scores on rows that neither training nor tuning saw. The rows are split at random, each
 * label in the same shares.
 *
 * <p>The budget's threads are trainings at a time. Each depends on the seed and the number of its trial alone, so trainings
 * side by side are bit-equal to the same ones in turn; which configurations are tried follows the rules of {@link
 * ObjectiveSearch}. Needs PyTorch's native library. Options are set by one thread.
 *
 * <pre>{@code
 * NetworkResult best = NetworkSearch.of(space, configuration -> block(configuration))
 *         .data(NetworkData.of(RowArray.of(rows)).withLabels(labels), List.of("cat", "dog", "bird"))
 *         .settings(configuration -> TrainingSettings.of(Loss.crossEntropy()).withRate(configuration.get(RATE)))
 *         .budget(Budget.ofTrials(20).withThreads(2)).run();
 * }</pre>
 */
public final class NetworkSearch {

    /** A source of rows that is read when the search runs. */
    @FunctionalInterface
    private interface Source {
        NetworkRows rows(double validationShare, double heldOutShare, long seed);
    }

    private final SearchSpace space;
    private final NetworkBuilder networks;
    private final List<Configuration> first = new ArrayList<>();
    private final List<StopRule> stopRules = new ArrayList<>();
    private final List<StudyListener> listeners = new ArrayList<>();
    private @Nullable Source source;
    private @Nullable Function<Configuration, TrainingSettings> settings;
    private @Nullable Metric metric;
    private @Nullable StudyStorage storage;
    private Budget budget = Budget.ofTrials(20).withThreads(1);
    private Optimizer optimizer = new AutoOptimizer();
    private Pruner pruner = new NoPruner();
    private Cancellation cancellation = new Cancellation();
    private double validationShare = 0.2;
    private double heldOutShare = 0.2;
    private long seed = 1;

    private NetworkSearch(SearchSpace space, NetworkBuilder networks) {
        this.space = space;
        this.networks = networks;
    }

    /** A search; the builder is called in several threads at once if the budget has several. */
    public static NetworkSearch of(SearchSpace space, NetworkBuilder networks) {
        return new NetworkSearch(space, networks);
    }

    /**
     * Rows with labels.
     *
     * @param labels names of label 0, 1 and so on, at least two
     */
    public NetworkSearch data(NetworkData rows, List<String> labels) {
        List<String> names = List.copyOf(labels);
        source = (validation, heldOut, chosen) -> NetworkRows.of(rows, names, validation, heldOut, chosen);
        return this;
    }

    /** Rows with labels that are named by their numbers, or with values. */
    public NetworkSearch data(NetworkData rows) {
        TreeSet<Integer> seen = new TreeSet<>();
        rows.labels().ifPresent(labels -> {
            for (int label : labels) {
                seen.add(label);
            }
        });
        List<String> names = new ArrayList<>();
        for (int label = 0; !seen.isEmpty() && label <= seen.last(); label++) {
            names.add(Integer.toString(label));
        }
        return data(rows, names);
    }

    /** A table: numbers are scaled and categories become numbers, as fitted on the training rows; one input of them. */
    public NetworkSearch data(Table table, String target) {
        source = (validation, heldOut, chosen) -> NetworkRows.of(table, target, validation, heldOut, chosen);
        return this;
    }

    /** How the network of a configuration is trained; its seed is set by the search. Called as the builder is. */
    public NetworkSearch settings(Function<Configuration, TrainingSettings> chosen) {
        settings = chosen;
        return this;
    }

    /** What is tuned for; default: that of the task, such as log loss. Values of trials have its own direction. */
    public NetworkSearch metric(Metric chosen) {
        metric = chosen;
        return this;
    }

    /** Time, trials or both, and threads; default: 20 trials, one after the other. */
    public NetworkSearch budget(Budget granted) {
        budget = granted;
        return this;
    }

    /** What proposes configurations; default: {@link AutoOptimizer}. */
    public NetworkSearch optimizer(Optimizer chosen) {
        optimizer = chosen;
        return this;
    }

    /** What ends hopeless trainings after an epoch; default: nothing does. */
    public NetworkSearch pruner(Pruner chosen) {
        pruner = chosen;
        return this;
    }

    /** A configuration to try before the optimizer is asked; may be called several times. */
    public NetworkSearch startWith(Configuration configuration) {
        first.add(configuration);
        return this;
    }

    /** Adds a rule by which the study ends before its budget. */
    public NetworkSearch stopWhen(StopRule rule) {
        stopRules.add(rule);
        return this;
    }

    /** Adds a listener; the errors in its events are lower for better. */
    public NetworkSearch listener(StudyListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Where trials are kept, so that a later run goes on from there; default: nowhere. */
    public NetworkSearch storage(StudyStorage chosen) {
        storage = chosen;
        return this;
    }

    /** Lets another thread end the search early, with the best so far. */
    public NetworkSearch cancellation(Cancellation given) {
        cancellation = given;
        return this;
    }

    /** Share of the rows that trials are compared on, and share that is kept for the end; default 0.2 and 0.2. */
    public NetworkSearch shares(double validation, double heldOut) {
        validationShare = validation;
        heldOutShare = heldOut;
        return this;
    }

    /** Seed of the split, of all trainings and of the search; default 1. */
    public NetworkSearch seed(long chosen) {
        seed = chosen;
        return this;
    }

    /**
     * Runs the search on the calling thread.
     *
     * @return the best network, with native memory: close it
     * @throws OptionException that lists every wrong option
     * @throws org.autotuner.error.FamilyUnavailableException if PyTorch's native library is missing, with what to add
     * @throws org.autotuner.error.DataException if rows, network and loss do not fit together
     * @throws org.autotuner.error.BudgetException if no training was completed; the message tells the first failure's cause
     */
    public NetworkResult run() {
        requireOptions();
        NetworkRows rows = java.util.Objects.requireNonNull(source).rows(validationShare, heldOutShare, seed);
        Metric chosen = metric == null ? Metrics.defaultFor(rows.task()) : metric;
        if (!chosen.supports(rows.task())) {
            throw new OptionException("metric '%s' does not suit a %s task."
                    .formatted(chosen.name(), rows.task().kind()));
        }
        TorchLibrary.here().require();
        NetworkTrials trials = new NetworkTrials(
                networks, java.util.Objects.requireNonNull(settings), rows, chosen, seed, trainingDeadline());
        StudyResult study = search(chosen).run(trials);
        study.bestConfiguration(); // or the reason why there is none
        Trial best = study.bestTrial().orElseThrow();
        TrainedNetwork network = TrainedNetwork.of(
                networks.build(best.configuration()),
                rows.training().data().forms(),
                trials.weights(best),
                trials.settings(best.number(), best.configuration()).device());
        return new NetworkResult(study, network, rows);
    }

    private ObjectiveSearch search(Metric chosen) {
        ObjectiveSearch search =
                chosen.isHigherBetter() ? ObjectiveSearch.maximize(space) : ObjectiveSearch.minimize(space);
        search.budget(budget)
                .threads(budget.threads())
                .optimizer(optimizer)
                .pruner(pruner)
                .cancellation(cancellation)
                .seed(seed);
        first.forEach(search::startWith);
        stopRules.forEach(search::stopWhen);
        listeners.forEach(search::listener);
        Optional.ofNullable(storage).ifPresent(search::storage);
        return search;
    }

    /** Slightly before that of the study, so that a training that is cut still hands in its best epoch. */
    private Deadline trainingDeadline() {
        return budget.time()
                .map(time -> time.minus(
                        time.dividedBy(20).compareTo(Duration.ofMillis(200)) < 0
                                ? time.dividedBy(20)
                                : Duration.ofMillis(200)))
                .map(time -> Deadline.after(time, Ticker.system(), cancellation))
                .orElseGet(() -> Deadline.unlimited(cancellation));
    }

    private void requireOptions() {
        List<String> faults = new ArrayList<>();
        if (source == null) {
            faults.add("data is missing: give rows with data(...).");
        }
        if (settings == null) {
            faults.add("settings is missing: say how a configuration is trained with settings(...).");
        }
        if (!(validationShare > 0 && heldOutShare > 0 && validationShare + heldOutShare < 1)) {
            faults.add("shares must be above 0 and leave rows to train on, but are %s and %s."
                    .formatted(validationShare, heldOutShare));
        }
        if (!faults.isEmpty()) {
            throw new OptionException("%d option(s) are wrong:%n- %s"
                    .formatted(faults.size(), String.join(System.lineSeparator() + "- ", faults)));
        }
    }
}
