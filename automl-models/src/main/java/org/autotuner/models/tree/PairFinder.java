package org.autotuner.models.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.budget.Deadline;
import org.autotuner.model.FitContext;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Feature;

/**
 * Looks for pairs of features that tell more together than each for itself, as FAST does (Lou, Caruana, Gehrke and Hooker,
 * Accurate intelligible models with pairwise interactions, KDD 2013): a quick additive fit leaves gradients, and of each pair the
 * best four quadrants of a coarse grid are worth what they lower the loss more than the better of their two cuts does alone. Of
 * many features only those that tell most by themselves are tried in pairs. Used by one thread.
 */
final class PairFinder {

    /** Enough rows to tell strong pairs from weak ones. */
    private static final int MOST_ROWS = 20_000;

    private static final int MOST_FEATURES = 32;
    private static final int GRID = 12;
    private static final int ROUNDS = 120;
    private static final double LEARNING_RATE = 0.15;
    private static final int LEAVES = 3;
    /** Rows of an average effect that are added to each code of a category before these are put in order. */
    private static final double SMOOTHING = 10;

    private record Key(PointLoss loss, Object constraints, int most) {}

    /** Pairs, the best first. */
    private record Pairs(List<int[]> ranked) {}

    /** A pair and what it is worth. */
    private record Pair(int one, int other, double gain) {}

    private final HistogramBooster booster;
    private final Bins bins;
    private final int[] rows;
    private final float[] gradients;
    private final float[] curvatures;

    private PairFinder(HistogramBooster booster, int[] rows) {
        this.booster = booster;
        this.bins = booster.bins();
        this.rows = rows;
        this.gradients = new float[bins.rows()];
        this.curvatures = new float[bins.rows()];
    }

    /**
     * The best pairs of features that constraints allow to act together, at most so many, the best first; found once for all fits
     * on the same rows.
     *
     * @param most pairs, at least 0
     * @throws org.autotuner.budget.DeadlineExceededException if the time ends before
     */
    static List<int[]> best(TrainingData data, int most, PointLoss loss, FitContext context) {
        if (most == 0 || data.features().width() < 2) {
            return List.of();
        }
        int largest = Math.max(most, AdditiveBoostingFamily.MOST_PAIRS);
        List<int[]> ranked = data.derivations()
                .get(
                        Pairs.class,
                        new Key(loss, context.constraints(), largest),
                        context.deadline(),
                        () -> new Pairs(find(data, largest, loss, context)),
                        pairs -> 32L * pairs.ranked().size())
                .ranked();
        return ranked.subList(0, Math.min(most, ranked.size()));
    }

    private static List<int[]> find(TrainingData data, int most, PointLoss loss, FitContext context) {
        List<Feature> features = data.features().features();
        ColumnRules allowed = ColumnRules.of(context.constraints(), features, List.of());
        long seed = data.derivations().seed(context.seed());
        int[] usable = IntStream.range(0, data.rows())
                .filter(row -> data.weights().at(row) > 0)
                .toArray();
        double share = Math.min(1, (double) MOST_ROWS / Math.max(1, usable.length));
        int[] sample = HistogramBooster.sample(usable, share, new SplittableRandom(seed));
        TrainingData few = data.select(sample);
        GrowthSettings growth = new GrowthSettings(LEAVES, 0, false, 5, 1e-3, 0, 0, 10, 10);
        HistogramBooster.Settings settings =
                new HistogramBooster.Settings(LEARNING_RATE, growth, Bins.MOST_CUTS, 1, 1, loss);
        FitContext own = context.withSeed(seed);
        ColumnRules alone = ColumnRules.grouped(
                own.constraints(), features, AdditiveBoostingFamily.groups(features.size(), List.of()));
        try (HistogramBooster booster = HistogramBooster.of(few, settings, own, alone)) {
            PairFinder finder =
                    new PairFinder(booster, IntStream.range(0, few.rows()).toArray());
            int[] tried = finder.strongest(context.deadline());
            for (int round = 0; round < ROUNDS && booster.update(); round++) {
                context.deadline().check();
            }
            context.deadline().check(); // a fit that was cut short is not shared
            return finder.ranked(tried, allowed, most, context.deadline());
        }
    }

    /** Those that tell most before anything is fitted, in ascending order. */
    private int[] strongest(Deadline deadline) {
        if (bins.width() <= MOST_FEATURES) {
            return IntStream.range(0, bins.width()).toArray();
        }
        double[] gains = new double[bins.width()];
        for (int output = 0; output < booster.outputs(); output++) {
            booster.gradients(output, gradients, curvatures);
            for (int feature = 0; feature < gains.length; feature++) {
                deadline.check();
                gains[feature] += gain(places(feature));
            }
        }
        return IntStream.range(0, gains.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer feature) -> -gains[feature]))
                .limit(MOST_FEATURES)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    private double gain(byte[] places) {
        double[] sums = new double[GRID];
        double[] curved = new double[GRID];
        double whole = 0;
        double all = 0;
        for (int row : rows) {
            sums[places[row]] += gradients[row];
            curved[places[row]] += curvatures[row];
            whole += gradients[row];
            all += curvatures[row];
        }
        double gain = -worth(whole, all);
        for (int place = 0; place < GRID; place++) {
            gain += worth(sums[place], curved[place]);
        }
        return gain;
    }

    private List<int[]> ranked(int[] tried, ColumnRules allowed, int most, Deadline deadline) {
        double[][] gains = new double[tried.length][tried.length];
        for (int output = 0; output < booster.outputs(); output++) {
            booster.gradients(output, gradients, curvatures);
            byte[][] places = Arrays.stream(tried).mapToObj(this::places).toArray(byte[][]::new);
            for (int i = 0; i < tried.length; i++) {
                deadline.check();
                for (int j = i + 1; j < tried.length; j++) {
                    if (allowed.areTogether(tried[i], tried[j])) {
                        gains[i][j] += together(places[i], places[j]);
                    }
                }
            }
        }
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < tried.length; i++) {
            for (int j = i + 1; j < tried.length; j++) {
                if (gains[i][j] > 0) {
                    pairs.add(new Pair(tried[i], tried[j], gains[i][j]));
                }
            }
        }
        return pairs.stream()
                .sorted(Comparator.comparingDouble((Pair pair) -> -pair.gain()))
                .limit(most)
                .map(pair -> new int[] {pair.one(), pair.other()})
                .toList();
    }

    /** Where on the grid each row lies: ranks in their order, codes of a category in that of their mean effects. */
    private byte[] places(int feature) {
        byte[] ranks = bins.ranks(feature);
        int count = bins.count(feature);
        int[] rowsOf = new int[count];
        double[] sums = new double[count];
        double[] curved = new double[count];
        double whole = 0;
        for (int row : rows) {
            int rank = ranks[row] & 0xff;
            rowsOf[rank]++;
            sums[rank] += gradients[row];
            curved[rank] += curvatures[row];
            whole += curvatures[row];
        }
        double smoothing = SMOOTHING * whole / Math.max(1, rows.length);
        Integer[] order = IntStream.range(0, count).boxed().toArray(Integer[]::new);
        if (bins.isCategorical(feature)) {
            Arrays.sort(
                    order,
                    Comparator.comparingDouble((Integer rank) -> sums[rank] / (curved[rank] + smoothing + 1e-12)));
        }
        byte[] placeOf = new byte[count];
        long before = 0;
        for (int rank : order) {
            placeOf[rank] = (byte) Math.min(GRID - 1, (before + rowsOf[rank] / 2) * GRID / Math.max(1, rows.length));
            before += rowsOf[rank];
        }
        byte[] places = new byte[ranks.length];
        for (int row : rows) {
            places[row] = placeOf[ranks[row] & 0xff];
        }
        return places;
    }

    /** What the best quadrants are worth beyond the better one of their two cuts. */
    private double together(byte[] one, byte[] other) {
        double[][] sums = new double[GRID + 1][GRID + 1];
        double[][] curved = new double[GRID + 1][GRID + 1];
        for (int row : rows) {
            sums[one[row] + 1][other[row] + 1] += gradients[row];
            curved[one[row] + 1][other[row] + 1] += curvatures[row];
        }
        addUp(sums);
        addUp(curved);
        double best = 0;
        for (int i = 1; i < GRID; i++) {
            for (int j = 1; j < GRID; j++) {
                double four = quadrants(sums, curved, i, j);
                double rows = worth(sums[i][GRID], curved[i][GRID])
                        + worth(sums[GRID][GRID] - sums[i][GRID], curved[GRID][GRID] - curved[i][GRID]);
                double columns = worth(sums[GRID][j], curved[GRID][j])
                        + worth(sums[GRID][GRID] - sums[GRID][j], curved[GRID][GRID] - curved[GRID][j]);
                best = Math.max(best, four - Math.max(rows, columns));
            }
        }
        return best;
    }

    private static double quadrants(double[][] sums, double[][] curved, int i, int j) {
        double lowLow = worth(sums[i][j], curved[i][j]);
        double lowHigh = worth(sums[i][GRID] - sums[i][j], curved[i][GRID] - curved[i][j]);
        double highLow = worth(sums[GRID][j] - sums[i][j], curved[GRID][j] - curved[i][j]);
        double highHigh = worth(
                sums[GRID][GRID] - sums[i][GRID] - sums[GRID][j] + sums[i][j],
                curved[GRID][GRID] - curved[i][GRID] - curved[GRID][j] + curved[i][j]);
        return lowLow + lowHigh + highLow + highHigh;
    }

    /** Turns cells into sums of all cells up to them in both directions. */
    private static void addUp(double[][] cells) {
        for (int i = 1; i <= GRID; i++) {
            for (int j = 1; j <= GRID; j++) {
                cells[i][j] += cells[i - 1][j] + cells[i][j - 1] - cells[i - 1][j - 1];
            }
        }
    }

    /** What a leaf lowers the loss by, twice; nothing where next to no rows are. */
    private static double worth(double sum, double curvature) {
        return curvature > 1e-9 ? sum * sum / curvature : 0;
    }
}
