package org.autotuner.optimize;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.optimize.Observations.Observation;

/**
 * Steps away from one of the best three trials of a branch: what pays while trials are too few for a model and the first
 * ones were good starting points. Every branch gets half as many steps as the one whose best trial is next better: an
 * ensemble gains from what differs.
 */
final class LeaderSteps {

    private static final int LEADERS = 3;
    private static final double NEXT_LEADER = 0.4;
    private static final double NEXT_BRANCH = 0.5;
    private static final double DEVIATION = 0.15;

    /** With few parameters a step often changes none of them. */
    private static final int DRAWS = 20;

    private final Encoding encoding;
    private final long seed;

    LeaderSteps(Encoding encoding, long seed) {
        this.encoding = encoding;
        this.seed = seed;
    }

    /** A vector near a leader; there must be a completed trial. */
    double[] propose(int number, Observations observations) {
        SplittableRandom random = Random.of(seed, number);
        Branch branch = branch(observations.ranked(), random);
        List<Observation> leaders =
                branch.of(observations.ranked()).stream().limit(LEADERS).toList();
        int rank = 0;
        while (rank + 1 < leaders.size() && random.nextDouble() < NEXT_LEADER) {
            rank++;
        }
        double[] leader = leaders.get(rank).vector();
        double[] step = step(branch, leader, random);
        for (int i = 1; i < DRAWS && isTried(step, observations); i++) {
            step = step(branch, leader, random);
        }
        return step;
    }

    private Branch branch(List<Observation> ranked, SplittableRandom random) {
        List<Observation> left = ranked;
        Branch branch = Branch.of(encoding, left.get(0).vector());
        while (random.nextDouble() < NEXT_BRANCH) {
            left = branch.notOf(left);
            if (left.isEmpty()) {
                break;
            }
            branch = Branch.of(encoding, left.get(0).vector());
        }
        return branch;
    }

    private static boolean isTried(double[] step, Observations observations) {
        return observations.all().stream().anyMatch(one -> Arrays.equals(one.vector(), step));
    }

    private double[] step(Branch branch, double[] leader, SplittableRandom random) {
        double share = Math.max(0.4, 1.0 / encoding.size());
        return encoding.walk(dimension -> {
            double at = leader[dimension.index()];
            if (Double.isNaN(at)) {
                return dimension.snap(random.nextDouble());
            }
            if (!Double.isNaN(branch.fixed()[dimension.index()]) || random.nextDouble() >= share) {
                return at;
            }
            return dimension.isCategory()
                    ? dimension.snap(random.nextDouble() < 0.5 ? random.nextDouble() : at)
                    : dimension.snap(at + Math.max(DEVIATION, 2 * dimension.halfWidth(at)) * random.nextGaussian());
        });
    }
}
