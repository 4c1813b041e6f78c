package org.autotuner.optimize;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.StudyHistory;

/**
 * Tree-structured Parzen estimator.
 */
public final class TpeOptimizer implements Optimizer {

    private static final int START = (int) Tune.d("start", 10);
    private static final int CANDIDATES = (int) Tune.d("cand", 48);
    private static final int REFINEMENTS = (int) Tune.d("refine", 24);
    private static final int MOST_BAD = 300;

    @Override
    public String name() {
        return "tpe";
    }

    @Override
    public OptimizerSession open(SearchSpace space, long seed) {
        return new Session(new Encoding(space), seed);
    }

    static final class Session implements OptimizerSession {

        private final Encoding encoding;
        private final long seed;
        private final Observations observations;
        private final SpaceFilling filling;
        private final Untried untried;

        Session(Encoding encoding, long seed) {
            this.encoding = encoding;
            this.seed = seed;
            this.observations = new Observations(encoding);
            this.filling = new SpaceFilling(encoding, seed);
            this.untried = new Untried(encoding, seed);
        }

        @Override
        public Optional<Configuration> propose(int number, StudyHistory history) {
            observations.learn(history);
            return untried.orNearby(vector(number), number, observations);
        }

        private double[] vector(int number) {
            if (observations.completedCount() < START) {
                return filling.point(number);
            }
            SplittableRandom random = Random.of(seed, number);
            List<double[]> good = new ArrayList<>();
            List<double[]> bad = new ArrayList<>();
            split(good, bad, random);
            double prior = Tune.d("prior", 1);
            ParzenMixture better = new ParzenMixture(encoding, good, ranked(good.size()), widths(good, Tune.d("cg", 0.8)), prior);
            ParzenMixture worse = new ParzenMixture(encoding, bad, even(bad.size()), widths(bad, Tune.d("cb", 0.8)), Tune.d("bprior", 1));
            double[] best = null;
            double highest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < CANDIDATES; i++) {
                double[] drawn = better.sample(random);
                double gain = better.logDensity(drawn) - worse.logDensity(drawn);
                if ((gain > highest || best == null) && isNew(drawn)) {
                    best = drawn;
                    highest = gain;
                }
            }
            for (int i = 0; i < REFINEMENTS && best != null; i++) {
                double[] moved = neighbour(best, random, Tune.d("step", 0.1) * Math.pow(0.9, i));
                double gain = better.logDensity(moved) - worse.logDensity(moved);
                if (gain > highest && isNew(moved)) {
                    best = moved;
                    highest = gain;
                }
            }
            return best == null ? better.sample(random) : best;
        }

        private static double[] even(int n) { double[] w = new double[n]; java.util.Arrays.fill(w, 1.0 / n); return w; }
        private static double[] ranked(int n) {
            double[] w = new double[n]; double sum = 0; double off = Tune.d("rank", 1);
            for (int i = 0; i < n; i++) { w[i] = Math.log(n + off) - Math.log(i + 1); sum += w[i]; }
            for (int i = 0; i < n; i++) w[i] /= sum;
            return w;
        }

        private boolean isNew(double[] vector) {
            return !untried.isFinite() || !observations.isTried(encoding.decode(vector));
        }

        private double[] neighbour(double[] from, RandomGenerator random, double step) {
            double share = Math.max(0.2, 1.0 / encoding.size());
            return encoding.walk(dimension -> {
                double at = from[dimension.index()];
                if (Double.isNaN(at)) {
                    return dimension.snap(random.nextDouble());
                }
                if (random.nextDouble() >= share) {
                    return at;
                }
                return dimension.isCategory()
                        ? dimension.snap(random.nextDouble())
                        : dimension.snap(at + (step + 1.0 / Math.max(1, dimension.levels() == 0 ? 1e9 : dimension.levels())) * random.nextGaussian());
            });
        }

        private void split(List<double[]> good, List<double[]> bad, SplittableRandom random) {
            List<Observations.Observation> done = new ArrayList<>(observations.completed());
            done.sort(Comparator.comparingDouble(Observations.Observation::value));
            int n = done.size();
            int count = (int) Math.min(Tune.d("maxgood", 25), Math.max(Tune.d("mingood", 2), Math.ceil(Tune.d("gamma", 0.1) * n)));
            for (int i = 0; i < n; i++) {
                (i < count ? good : bad).add(done.get(i).vector());
            }
            for (Observations.Observation one : observations.all()) {
                if (one.state() != Observations.State.COMPLETED) {
                    bad.add(one.vector());
                }
            }
            while (bad.size() > MOST_BAD) {
                int at = random.nextInt(bad.size());
                bad.set(at, bad.get(bad.size() - 1));
                bad.remove(bad.size() - 1);
            }
        }

        /** Kernel widths. */
        private double[] widths(List<double[]> vectors, double factor) {
            double[] widths = new double[encoding.size()];
            for (Dimension dimension : encoding.dimensions()) {
                int d = dimension.index();
                int n = 0;
                double sum = 0;
                double squares = 0;
                for (double[] vector : vectors) {
                    if (!Double.isNaN(vector[d])) {
                        n++;
                        sum += vector[d];
                        squares += vector[d] * vector[d];
                    }
                }
                double mean = n == 0 ? 0.5 : sum / n;
                double kappa = Tune.d("kappa", 0.5);
                double variance = (Math.max(0, squares - n * mean * mean) + kappa / 12) / (n + kappa);
                double width = factor * Math.sqrt(variance) * Math.pow(Math.max(1, n), -1.0 / (encoding.size() + 4));
                double floor = dimension.levels() > 0 ? Tune.d("intfloor", 0.6) / dimension.levels() : Tune.d("floor", 0.003);
                widths[d] = Math.max(floor, width);
            }
            return widths;
        }
    }
}
