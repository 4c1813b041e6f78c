package org.autotuner.optimize;

import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.optimize.Observations.Observation;
import org.autotuner.optimize.Observations.State;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.StudyHistory;

/**
 * Cost-frugal local search (Wu, Wang, Huang: Frugal Optimization for Cost-related Hyperparameters, AAAI 2021, arXiv
 * 2005.01571; FLAML's FLOW2): from the defaults, which should be cheap, a step in a random direction, else the opposite
 * one; the step shrinks after failures, and when it is tiny the search begins anew elsewhere and keeps the best. Since
 * every move is short, costs rise only as far as the loss falls.
 */
public final class LocalSearchOptimizer implements Optimizer {

    private static final double FIRST_STEP = 0.1;
    private static final double SMALLEST_STEP = 0.002;

    @Override
    public String name() {
        return "local";
    }

    @Override
    public OptimizerSession open(SearchSpace space, long seed) {
        return VectorSession.open(space, seed, Walk::new);
    }

    /** Where the search stands after some trials. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and the vector is shared on purpose
    private record Stand(double[] centre, double step) {}

    private static final class Walk implements VectorSession.Method {

        private final Encoding encoding;
        private final long seed;
        private final Observations observations;
        private final SpaceFilling filling;

        Walk(VectorSession.Parts parts) {
            this.encoding = parts.encoding();
            this.seed = parts.seed();
            this.observations = parts.observations();
            this.filling = parts.filling();
        }

        @Override
        public double[] wanted(int number, StudyHistory history) {
            List<Observation> all = observations.all();
            Stand stand = stand(all);
            boolean isFirst = all.stream().noneMatch(one -> one.state() == State.COMPLETED);
            return isFirst && number == 0
                    ? encoding.encode(encoding.space().defaults())
                    : moved(stand, number, lastImproved(all, number));
        }

        /** A function of the ended trials in number order. */
        private Stand stand(List<Observation> all) {
            double[] centre = encoding.encode(encoding.space().defaults());
            double step = FIRST_STEP * Math.sqrt(encoding.size());
            double best = Double.POSITIVE_INFINITY;
            int failures = 0;
            int restarts = 0;
            for (Observation one : all) {
                if (one.state() == State.RUNNING) {
                    continue;
                }
                if (one.state() == State.COMPLETED && one.value() < best) {
                    best = one.value();
                    centre = one.vector();
                    failures = 0;
                } else if (++failures >= 2 * encoding.size()) {
                    step /= Math.sqrt(2);
                    failures = 0;
                }
                if (step < SMALLEST_STEP * Math.sqrt(encoding.size())) {
                    step = FIRST_STEP * Math.sqrt(encoding.size());
                    best = Double.POSITIVE_INFINITY;
                    centre = filling.point(restarts++);
                }
            }
            return new Stand(centre, step);
        }

        private static boolean lastImproved(List<Observation> all, int number) {
            double best = Double.POSITIVE_INFINITY;
            boolean isLast = false;
            for (Observation one : all) {
                if (one.number() < number && one.state() == State.COMPLETED && one.value() < best) {
                    best = one.value();
                    isLast = one.number() == number - 1;
                }
            }
            return isLast;
        }

        /** Odd trials go against the direction of the even one before, unless that was a success. */
        private double[] moved(Stand stand, int number, boolean lastImproved) {
            boolean isBack = number % 2 == 1 && !lastImproved;
            SplittableRandom random = Random.of(seed, isBack ? number - 1 : number);
            double[] direction = new double[encoding.size()];
            double norm = 0;
            for (int d = 0; d < direction.length; d++) {
                direction[d] = random.nextGaussian();
                norm += direction[d] * direction[d];
            }
            double scale = (isBack ? -1 : 1) * stand.step() / Math.sqrt(Math.max(1e-12, norm));
            return encoding.walk(dimension -> {
                int d = dimension.index();
                double at = Double.isNaN(stand.centre()[d]) ? random.nextDouble() : stand.centre()[d];
                double length = scale * direction[d];
                if (dimension.isCategory()) {
                    return random.nextDouble() < Math.min(0.5, Math.abs(length))
                            ? dimension.snap(random.nextDouble())
                            : at;
                }
                double oneValue = 2 * dimension.halfWidth(at);
                boolean isRounded = Math.abs(length) < oneValue;
                boolean moves = !isRounded || random.nextDouble() < Math.abs(length) / oneValue;
                return dimension.snap(at + (isRounded ? (moves ? Math.signum(length) * oneValue : 0) : length));
            });
        }
    }
}
