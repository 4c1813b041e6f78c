package org.autotuner.examples.bench.search;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.autotuner.ObjectiveSearch;
import org.autotuner.Study;
import org.autotuner.optimize.Optimizer;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.RunningTrial;

/** What a proposal costs when the objective costs nothing: the sum of squares of ten real numbers. */
public final class Overhead {

    private static final int DIMENSIONS = 10;
    private static final int WARM_UP = 300;
    /** The system counts a process's CPU in hundredths of a second, so this much has to come together. */
    private static final double ENOUGH_SECONDS = 0.5;

    private static final int MOST_STUDIES = 100;
    private static final double LONGEST_SECONDS = 15;

    private Overhead() {}

    /**
     * Mean CPU of the process, in milliseconds, per trial over the last tenth of the trials of a study; of several
     * studies, until their sum is long enough to be told from the clock's steps.
     */
    public static double millisPerTrial(Optimizer optimizer, int trials) {
        lastTenth(optimizer, Math.min(WARM_UP, trials), 0);
        long start = System.nanoTime();
        double cpu = 0;
        int studies = 0;
        do {
            studies++;
            cpu += lastTenth(optimizer, trials, studies);
        } while (cpu < ENOUGH_SECONDS
                && studies < MOST_STUDIES
                && (System.nanoTime() - start) * 1e-9 < LONGEST_SECONDS);
        return cpu * 1e3 / ((double) studies * tenth(trials));
    }

    private static int tenth(int trials) {
        return Math.max(1, trials / 10);
    }

    private static double lastTenth(Optimizer optimizer, int trials, long seed) {
        List<RealParameter> parameters = new ArrayList<>();
        for (int i = 0; i < DIMENSIONS; i++) {
            parameters.add(Parameter.reals("x" + i, -5, 5));
        }
        double before = 0;
        try (Study study = ObjectiveSearch.minimize(SearchSpace.of(parameters))
                .withoutDefaults()
                .optimizer(optimizer)
                .seed(seed)
                .open()) {
            for (int i = 0; i < trials; i++) {
                if (i == trials - tenth(trials)) {
                    before = cpuSeconds();
                }
                RunningTrial trial = study.ask().orElseThrow();
                double sum = 0;
                for (RealParameter parameter : parameters) {
                    double value = trial.get(parameter);
                    sum += value * value;
                }
                study.tell(trial, sum);
            }
            return cpuSeconds() - before;
        }
    }

    private static double cpuSeconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }
}
