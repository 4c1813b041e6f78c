package org.autotuner.optimize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a Gaussian process promises most: logarithm of the expected improvement (Ament and others: Unexpected
 * Improvements to Expected Improvement for Bayesian Optimization, NeurIPS 2023), over even points and neighbours of the
 * leaders first, then from the best of these along the gradient for numbers and by single steps for the rest.
 */
final class Acquisition {

    /** Above so many values an ordered parameter is searched along the gradient. */
    private static final int FINE = 12;

    private static final int LEADERS = 5;

    @SuppressWarnings("ArrayRecordComponent") // never compared, and the vector is shared on purpose
    private record Scored(double[] vector, double value) {}

    private final Encoding encoding;
    private final GaussianProcess process;
    private final double incumbent;
    private final Predicate<double[]> isNew;
    private final double[] low;
    private final double[] high;
    private final List<Penalty> penalties;
    private final double[] moments = new double[2];

    /**
     * @param incumbent value to improve on, in the process's unit; NaN to look for the lowest mean instead
     * @param isNew whether a vector may be proposed
     * @param low lower end of the region by dimension; categories are free
     * @param penalties what is taken from the logarithm of the expected improvement
     */
    Acquisition(
            Encoding encoding,
            GaussianProcess process,
            double incumbent,
            Predicate<double[]> isNew,
            double[] low,
            double[] high,
            List<Penalty> penalties) {
        this.encoding = encoding;
        this.process = process;
        this.incumbent = incumbent;
        this.isNew = isNew;
        this.low = low;
        this.high = high;
        this.penalties = List.copyOf(penalties);
    }

    /**
     * The best vector found.
     *
     * @param leaders good vectors, best first
     * @return null if nothing new was found
     */
    double @Nullable [] best(List<double[]> leaders, int even, int near, SplittableRandom random) {
        List<Scored> pool = new ArrayList<>();
        Sobol sobol = new Sobol(encoding.size(), random.nextLong());
        for (int i = 0; i < even; i++) {
            double[] point = sobol.point(i);
            consider(pool, encoding.walk(dimension -> inRegion(dimension, point[dimension.index()])));
        }
        for (int i = 0; i < near && !leaders.isEmpty(); i++) {
            double[] leader = leaders.get(i % Math.min(LEADERS, leaders.size()));
            consider(pool, neighbour(leader, 0.3 * Math.pow(0.01, random.nextDouble()), random));
        }
        pool.sort(Comparator.comparingDouble(Scored::value).reversed());
        Scored best = null;
        int starts = 3;
        List<double[]> used = new ArrayList<>();
        for (int i = 0; i < pool.size() && used.size() < starts; i++) {
            double[] from = pool.get(i).vector();
            if (used.stream().allMatch(other -> distance(other, from) > 0.05)) {
                used.add(from);
                Scored climbed = climb(pool.get(i));
                if (best == null || climbed.value() > best.value()) {
                    best = climbed;
                }
            }
        }
        return best == null ? null : best.vector();
    }

    double value(double[] vector) {
        double[] at = Covariance.filled(vector);
        if (Double.isNaN(incumbent)) {
            return -process.mean(at);
        }
        process.predict(at, moments);
        double penalty = 0;
        for (Penalty one : penalties) {
            penalty += one.penalty(at);
        }
        return Math.log(moments[1]) + Normal.logImprovement((incumbent - moments[0]) / moments[1]) - penalty;
    }

    private void consider(List<Scored> pool, double[] vector) {
        if (isNew.test(vector)) {
            pool.add(new Scored(vector, value(vector)));
        }
    }

    private double inRegion(Dimension dimension, double unit) {
        int d = dimension.index();
        return dimension.isCategory() ? dimension.snap(unit) : dimension.snap(low[d] + unit * (high[d] - low[d]));
    }

    private double clamped(Dimension dimension, double unit) {
        int d = dimension.index();
        return dimension.isCategory()
                ? dimension.snap(unit)
                : dimension.snap(Math.min(high[d], Math.max(low[d], unit)));
    }

    private double[] neighbour(double[] from, double step, SplittableRandom random) {
        double share = Math.max(0.3, 1.5 / encoding.size());
        return encoding.walk(dimension -> {
            double at = from[dimension.index()];
            if (Double.isNaN(at)) {
                return inRegion(dimension, random.nextDouble());
            }
            if (random.nextDouble() >= share) {
                return at;
            }
            if (dimension.isCategory()) {
                return random.nextDouble() < 0.5 ? dimension.snap(random.nextDouble()) : at;
            }
            double width = Math.max(step, 2 * dimension.halfWidth(at));
            return clamped(dimension, at + width * random.nextGaussian());
        });
    }

    private Scored climb(Scored from) {
        Scored best = from;
        for (int round = 0; round < 2; round++) {
            double before = best.value();
            best = alongGradient(best);
            best = bySteps(best);
            if (best.value() < before + 1e-3) {
                break;
            }
        }
        return best;
    }

    private static boolean isSmooth(Dimension dimension) {
        return dimension.kind() == Dimension.Kind.CONTINUOUS
                || (dimension.kind() == Dimension.Kind.ORDERED && dimension.levels() > FINE);
    }

    private Scored alongGradient(Scored from) {
        int[] smooth = encoding.dimensions().stream()
                .filter(dimension -> isSmooth(dimension) && !Double.isNaN(from.vector()[dimension.index()]))
                .mapToInt(Dimension::index)
                .toArray();
        if (smooth.length == 0) {
            return from;
        }
        double[] whole = Covariance.filled(from.vector());
        double[] meanGradient = new double[whole.length];
        double[] deviationGradient = new double[whole.length];
        double[] penaltyGradient = new double[whole.length];
        BoxedBfgs search = new BoxedBfgs(pick(low, smooth), pick(high, smooth), 25, 0.05);
        double[] found = search.minimise(pick(whole, smooth), (point, gradient) -> {
            for (int i = 0; i < smooth.length; i++) {
                whole[smooth[i]] = point[i];
            }
            if (Double.isNaN(incumbent)) {
                double mean = process.mean(whole, meanGradient);
                for (int i = 0; i < smooth.length; i++) {
                    gradient[i] = meanGradient[smooth[i]];
                }
                return mean;
            }
            process.predict(whole, moments, meanGradient, deviationGradient);
            double deviation = moments[1];
            double z = (incumbent - moments[0]) / deviation;
            double logged = Normal.logImprovement(z);
            double slope = Math.exp(Math.min(50, logCumulative(z) - logged));
            Arrays.fill(penaltyGradient, 0);
            double penalty = 0;
            for (Penalty one : penalties) {
                penalty += one.penalty(whole, penaltyGradient);
            }
            for (int i = 0; i < smooth.length; i++) {
                int d = smooth[i];
                double byZ = (-meanGradient[d] - z * deviationGradient[d]) / deviation;
                gradient[i] = penaltyGradient[d] - (deviationGradient[d] / deviation + slope * byZ);
            }
            return penalty - (Math.log(deviation) + logged);
        });
        double[] moved = from.vector().clone();
        for (int i = 0; i < smooth.length; i++) {
            moved[smooth[i]] = encoding.dimension(smooth[i]).snap(found[i]);
        }
        return better(from, moved);
    }

    private static double logCumulative(double z) {
        if (z > -5) {
            return Math.log(Normal.cumulative(z));
        }
        return -0.5 * z * z - Math.log(-z * Math.sqrt(2 * Math.PI)) + Math.log1p(-1 / (z * z));
    }

    /** One step of each parameter that is not smooth, while that helps. */
    private Scored bySteps(Scored from) {
        Scored best = from;
        for (Dimension dimension : encoding.dimensions()) {
            int d = dimension.index();
            if (dimension.kind() == Dimension.Kind.CONTINUOUS || Double.isNaN(best.vector()[d])) {
                continue;
            }
            int own = dimension.option(best.vector()[d]);
            for (int option = 0; option < dimension.levels(); option++) {
                if (option == own || (!dimension.isCategory() && Math.abs(option - own) > 1)) {
                    continue;
                }
                double unit = dimension.ofOption(option);
                if (!dimension.isCategory() && (unit < low[d] || unit > high[d])) {
                    continue;
                }
                double[] at = best.vector();
                best = better(
                        best,
                        encoding.walk(other -> other.index() == d
                                ? unit
                                : Double.isNaN(at[other.index()]) ? inRegion(other, 0.5) : at[other.index()]));
            }
        }
        return best;
    }

    private Scored better(Scored from, double[] moved) {
        if (!isNew.test(moved)) {
            return from;
        }
        double value = value(moved);
        return value > from.value() ? new Scored(moved, value) : from;
    }

    /** The largest distance in any coordinate; 1 between vectors of different paths. */
    static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            if (Double.isNaN(a[d]) != Double.isNaN(b[d])) {
                return 1;
            }
            sum = Double.isNaN(a[d]) ? sum : Math.max(sum, Math.abs(a[d] - b[d]));
        }
        return sum;
    }

    private static double[] pick(double[] from, int[] indices) {
        return Arrays.stream(indices).mapToDouble(i -> from[i]).toArray();
    }
}
