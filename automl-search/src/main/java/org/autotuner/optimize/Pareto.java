package org.autotuner.optimize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Points of several objectives, of which lower is better in each: who dominates whom, and the hypervolume. Stateless.
 */
public final class Pareto {

    private Pareto() {}

    /** Whether {@code a} is nowhere worse than {@code b} and somewhere better. */
    public static boolean dominates(double[] a, double[] b) {
        boolean isBetter = false;
        for (int i = 0; i < a.length; i++) {
            if (a[i] > b[i]) {
                return false;
            }
            isBetter |= a[i] < b[i];
        }
        return isBetter;
    }

    /**
     * Rank of each point: 0 if none dominates it, 1 if only points of rank 0 do, and so on (Deb and others: A Fast and
     * Elitist Multiobjective Genetic Algorithm, NSGA-II, IEEE TEC 6, 2002). Takes time in the square of the points.
     *
     * @param enough ranks are told apart only until at least so many points have theirs; the others get the next one
     */
    public static int[] ranks(List<double[]> points, int enough) {
        int[] ranks = new int[points.size()];
        int[] above = new int[points.size()];
        boolean[] isRanked = new boolean[points.size()];
        for (int i = 0; i < points.size(); i++) {
            for (int j = i + 1; j < points.size(); j++) {
                above[j] += dominates(points.get(i), points.get(j)) ? 1 : 0;
                above[i] += dominates(points.get(j), points.get(i)) ? 1 : 0;
            }
        }
        int ranked = 0;
        for (int rank = 0; ranked < points.size(); rank++) {
            List<Integer> front = new ArrayList<>();
            for (int i = 0; i < points.size(); i++) {
                if (!isRanked[i] && (above[i] == 0 || ranked >= enough)) {
                    front.add(i);
                }
            }
            for (int i : front) {
                ranks[i] = rank;
                isRanked[i] = true;
            }
            ranked += front.size();
            for (int i = 0; i < points.size() && ranked < enough; i++) {
                for (int j : front) {
                    above[i] -= !isRanked[i] && dominates(points.get(j), points.get(i)) ? 1 : 0;
                }
            }
        }
        return ranks;
    }

    /**
     * Volume that the points dominate up to a reference point; exact for any number of objectives, and fast for up to
     * about five (While, Bradstreet, Barone: A Fast Way of Calculating Exact Hypervolumes, IEEE TEC 16, 2012). Points
     * that are not better than the reference in every objective count nothing.
     *
     * @throws IllegalArgumentException if a point and the reference have different numbers of values
     */
    public static double hypervolume(List<double[]> points, double[] reference) {
        List<double[]> inside = new ArrayList<>();
        for (double[] point : points) {
            if (point.length != reference.length) {
                throw new IllegalArgumentException("The reference point %s has not as many values as the point %s."
                        .formatted(Arrays.toString(reference), Arrays.toString(point)));
            }
            boolean isInside = true;
            for (int i = 0; i < point.length; i++) {
                isInside &= point[i] < reference[i];
            }
            if (isInside) {
                inside.add(point);
            }
        }
        return inside.isEmpty() ? 0 : volume(front(inside), reference);
    }

    /** The points that no other one dominates, each once. */
    private static List<double[]> front(List<double[]> points) {
        List<double[]> front = new ArrayList<>();
        for (double[] point : points) {
            if (front.stream().noneMatch(other -> isNowhereWorse(other, point))) {
                front.removeIf(other -> dominates(point, other));
                front.add(point);
            }
        }
        return front;
    }

    private static boolean isNowhereWorse(double[] a, double[] b) {
        for (int i = 0; i < a.length; i++) {
            if (a[i] > b[i]) {
                return false;
            }
        }
        return true;
    }

    private static double volume(List<double[]> front, double[] reference) {
        int last = reference.length - 1;
        List<double[]> sorted = new ArrayList<>(front);
        sorted.sort(Comparator.comparingDouble((double[] point) -> point[last]).reversed());
        if (last == 0) {
            return reference[0] - sorted.get(sorted.size() - 1)[0];
        }
        if (last == 1) {
            return area(sorted, reference);
        }
        double sum = 0;
        for (int i = 0; i < sorted.size(); i++) {
            double[] point = sorted.get(i);
            sum += box(point, reference) - limited(point, sorted.subList(i + 1, sorted.size()), reference);
        }
        return sum;
    }

    /** Of two objectives, the second one falling. */
    private static double area(List<double[]> sorted, double[] reference) {
        double sum = 0;
        double above = reference[1];
        for (double[] point : sorted) {
            sum += (reference[0] - point[0]) * (above - point[1]);
            above = point[1];
        }
        return sum;
    }

    private static double box(double[] point, double[] reference) {
        double product = 1;
        for (int i = 0; i < point.length; i++) {
            product *= reference[i] - point[i];
        }
        return product;
    }

    /** What others cover of the box of a point. */
    private static double limited(double[] point, List<double[]> others, double[] reference) {
        if (others.isEmpty()) {
            return 0;
        }
        List<double[]> cut = new ArrayList<>(others.size());
        for (double[] other : others) {
            double[] worse = new double[point.length];
            for (int i = 0; i < point.length; i++) {
                worse[i] = Math.max(point[i], other[i]);
            }
            cut.add(worse);
        }
        return volume(front(cut), reference);
    }
}
