package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialHistory;
import org.autotuner.study.TrialOutcome;
import org.junit.jupiter.api.Test;

class CostAwareTest {

    private static final RealParameter X = Parameter.reals("x", 0, 1);
    private static final RealParameter Y = Parameter.reals("y", 0, 1);
    private static final RealParameter Z = Parameter.reals("z", 0, 1);
    private static final RealParameter SIZE = Parameter.reals("size", 0, 1);
    private static final SearchSpace SPACE = SearchSpace.of(X, Y, Z, SIZE);
    private static final double SECONDS = 1500;

    /** The size makes a trial up to a hundred times as dear and little better. */
    private static double loss(Configuration at) {
        double x = at.get(X) - 0.3;
        double y = at.get(Y) - 0.7;
        double z = at.get(Z) - 0.2;
        return x * x + y * y + z * z + 0.02 * (1 - at.get(SIZE));
    }

    private static double dear(Configuration at) {
        return Math.pow(100, at.get(SIZE));
    }

    private static List<Trial> run(Optimizer optimizer, long seed, ToDoubleFunction<Configuration> seconds) {
        OptimizerSession session = optimizer.open(SPACE, seed);
        List<Trial> trials = new ArrayList<>();
        double spent = 0;
        while (spent < SECONDS && trials.size() < 120) {
            Configuration at =
                    session.propose(trials.size(), TrialHistory.of(trials)).orElseThrow();
            double taken = seconds.applyAsDouble(at);
            spent += taken;
            trials.add(Trial.running(trials.size(), at).withOutcome(new TrialOutcome.Completed(loss(at), taken)));
        }
        return trials;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double[] overSeeds(Optimizer optimizer, ToDoubleFunction<List<Trial>> figure) {
        double[] found = new double[9];
        for (int seed = 0; seed < found.length; seed++) {
            found[seed] = figure.applyAsDouble(run(optimizer, seed, CostAwareTest::dear));
        }
        return found;
    }

    /** Seconds after the start, which is the same for all, up to the first trial that is good, whatever its size. */
    private static double secondsUntilGood(List<Trial> trials) {
        double spent = 0;
        for (Trial trial : trials) {
            spent += trial.number() < ProcessSearch.START ? 0 : dear(trial.configuration());
            if (loss(trial.configuration()) < 0.021) {
                return spent;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    @Test
    void whereDurationsDifferAGoodTrialComesSooner() {
        double aware = median(overSeeds(new AutoOptimizer().withinSeconds(SECONDS), CostAwareTest::secondsUntilGood));
        double plain = median(overSeeds(new AutoOptimizer(), CostAwareTest::secondsUntilGood));
        assertThat(aware).isLessThan(0.5 * plain);
    }

    @Test
    void theBestIsNoWorseForIt() {
        ToDoubleFunction<List<Trial>> best = trials -> trials.stream()
                .mapToDouble(trial -> loss(trial.configuration()))
                .min()
                .orElseThrow();
        assertThat(median(overSeeds(new AutoOptimizer().withinSeconds(SECONDS), best)))
                .isLessThanOrEqualTo(median(overSeeds(new AutoOptimizer(), best)) + 1e-3);
    }

    @Test
    void equalDurationsChangeNothing() {
        assertThat(run(new AutoOptimizer().withinSeconds(SECONDS), 1, at -> 10))
                .isEqualTo(run(new AutoOptimizer(), 1, at -> 10));
    }

    @Test
    void durationsThatDifferLessThanThreefoldChangeNothing() {
        ToDoubleFunction<Configuration> similar = at -> 10 + 15 * at.get(SIZE);
        assertThat(run(new AutoOptimizer().withinSeconds(SECONDS), 1, similar))
                .isEqualTo(run(new AutoOptimizer(), 1, similar));
    }

    @Test
    void aTimeThatIsNoTimeIsRefused() {
        assertThatThrownBy(() -> new AutoOptimizer().withinSeconds(0)).hasMessageContaining("above 0");
    }
}
