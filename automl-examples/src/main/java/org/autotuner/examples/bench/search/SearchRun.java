package org.autotuner.examples.bench.search;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.autotuner.ObjectiveSearch;
import org.autotuner.Study;
import org.autotuner.optimize.Optimizer;
import org.autotuner.space.Configuration;
import org.autotuner.study.RunningTrial;

/**
 * What one optimizer reached on one objective with one seed.
 *
 * @param regret by number of trials: how far the configuration of the lowest observed loss lies above the optimum,
 *     without noise; NaN if no trial had a loss
 * @param cpuMillis CPU of the proposing thread per trial, for asking and telling alone
 * @param duplicates trials whose configuration an earlier trial had
 */
public record SearchRun(long seed, Map<Integer, Double> regret, double cpuMillis, int duplicates) {

    /** Numbers of trials after which regrets are taken. */
    public static final List<Integer> BUDGETS = List.of(50, 100, 200);

    public SearchRun {
        regret = Collections.unmodifiableMap(new LinkedHashMap<>(regret));
    }

    private record Told(RunningTrial trial, double observed, boolean isFailed) {}

    /** The regret after a number of trials, one of {@link #BUDGETS}; NaN if it was not taken. */
    public double regretAfter(int budget) {
        return regret.getOrDefault(budget, Double.NaN);
    }

    /**
     * Runs the protocol. An interrupt of the calling thread ends it.
     *
     * @param parallel proposals outstanding at once: trial n is proposed knowing the outcomes of the trials 0 to
     *     {@code n - parallel}, and that the others run
     */
    public static SearchRun of(BenchObjective objective, Optimizer optimizer, long seed, int trials, int parallel) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<Integer, Double> regret = new LinkedHashMap<>();
        Set<Configuration> tried = new HashSet<>();
        Deque<Told> outstanding = new ArrayDeque<>();
        double lowest = Double.NaN;
        double regretNow = Double.NaN;
        long cpu = 0;
        int asked = 0;
        try (Study study = open(objective, optimizer, seed)) {
            while (asked < trials) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("Interrupted before trial %d.".formatted(asked));
                }
                long before = threads.getCurrentThreadCpuTime();
                if (outstanding.size() == parallel) {
                    tell(study, outstanding.remove());
                }
                Optional<RunningTrial> proposed = study.ask();
                cpu += threads.getCurrentThreadCpuTime() - before;
                if (proposed.isEmpty()) {
                    break;
                }
                Configuration configuration = proposed.get().configuration();
                double value = objective.loss().of(configuration);
                Told told = observe(objective, proposed.get(), value, seed, asked);
                double observed = told.observed();
                tried.add(configuration);
                asked++;
                if (observed < lowest || (Double.isNaN(lowest) && !Double.isNaN(observed))) {
                    lowest = observed;
                    regretNow = objective.regret(value);
                }
                if (BUDGETS.contains(asked)) {
                    regret.put(asked, regretNow);
                }
                outstanding.add(told);
            }
            long before = threads.getCurrentThreadCpuTime();
            outstanding.forEach(told -> tell(study, told));
            cpu += threads.getCurrentThreadCpuTime() - before;
        }
        for (int budget : BUDGETS) { // a finite space may have ended before
            if (budget <= trials) {
                regret.putIfAbsent(budget, regretNow);
            }
        }
        return new SearchRun(seed, regret, cpu / 1e6 / Math.max(1, asked), asked - tried.size());
    }

    private static Study open(BenchObjective objective, Optimizer optimizer, long seed) {
        return ObjectiveSearch.minimize(objective.space())
                .withoutDefaults()
                .optimizer(optimizer)
                .seed(seed)
                .open();
    }

    private static Told observe(BenchObjective objective, RunningTrial trial, double value, long seed, int number) {
        try {
            return new Told(trial, objective.observe(value, seed, number), false);
        } catch (FailedTrialException e) {
            return new Told(trial, Double.NaN, true);
        }
    }

    private static void tell(Study study, Told told) {
        if (told.isFailed()) {
            study.fail(told.trial(), FailedTrialException.CAUSE);
        } else {
            study.tell(told.trial(), told.observed());
        }
    }
}
