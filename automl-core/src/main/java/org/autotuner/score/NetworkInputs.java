package org.autotuner.score;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a dense network reads from a row: numbers, each with its embedding, then categories. Immutable and thread-safe.
 */
final class NetworkInputs {

    /** Numbers beyond are taken as this large: no product with a weight of sane size overflows. */
    static final double LIMIT = 1e15;

    private static final int MAX_INPUTS = 1 << 26;

    /** A category and its table: row 0 for missing and unseen ones, row c + 1 for code c. */
    record Category(int feature, Matrix table) {

        Category {
            Arguments.that(
                    feature >= 0 && feature < Checks.MAX_WIDTH,
                    "category: feature %d is outside 0..%d.",
                    feature,
                    Checks.MAX_WIDTH - 1);
        }
    }

    private final int[] numbers;
    private final float[] centers;
    private final float[] factors;
    private final double softLimit;
    private final @Nullable NumberEmbedding embedding;
    private final List<Category> categories;
    private final int width;
    private final int numberWidth;
    private final int features;

    /** Checks that everything fits; centers and factors are both empty or one per number. */
    NetworkInputs(
            int[] numbers,
            float[] centers,
            float[] factors,
            double softLimit,
            @Nullable NumberEmbedding embedding,
            List<Category> categories) {
        Arguments.that(
                centers.length == factors.length && (centers.length == 0 || centers.length == numbers.length),
                "%d centers and %d factors are given for %d numbers.",
                centers.length,
                factors.length,
                numbers.length);
        Arguments.finite(centers, "centers");
        Arguments.finite(factors, "factors");
        Arguments.that(softLimit > 0, "The soft limit must be positive, but is %s.", softLimit);
        Arguments.that(
                embedding == null || embedding.encoding().numbers() == numbers.length,
                "The embedding is for %d numbers, but there are %d.",
                embedding == null ? 0 : embedding.encoding().numbers(),
                numbers.length);
        long sum = embedding == null ? numbers.length : embedding.width();
        int last = -1;
        for (int feature : numbers) {
            Arguments.that(
                    feature >= 0 && feature < Checks.MAX_WIDTH,
                    "numbers: feature %d is outside 0..%d.",
                    feature,
                    Checks.MAX_WIDTH - 1);
            last = Math.max(last, feature);
        }
        numberWidth = (int) Math.min(sum, MAX_INPUTS);
        for (Category category : categories) {
            last = Math.max(last, category.feature());
            sum += category.table().columns();
        }
        Arguments.that(sum > 0 && sum <= MAX_INPUTS, "The network has %d inputs, but needs 1 to %d.", sum, MAX_INPUTS);
        this.numbers = numbers.clone();
        this.centers = centers.clone();
        this.factors = factors.clone();
        this.softLimit = softLimit;
        this.embedding = embedding;
        this.categories = List.copyOf(categories);
        this.width = (int) sum;
        this.features = last + 1;
    }

    NetworkInputs compressed(Compression compression) {
        return new NetworkInputs(
                numbers,
                centers,
                factors,
                softLimit,
                embedding == null ? null : embedding.compressed(compression),
                categories.stream()
                        .map(one -> new Category(one.feature(), compression.other(one.table())))
                        .toList());
    }

    int[] numbers() {
        return numbers;
    }

    float[] centers() {
        return centers;
    }

    float[] factors() {
        return factors;
    }

    double softLimit() {
        return softLimit;
    }

    @Nullable
    NumberEmbedding embedding() {
        return embedding;
    }

    List<Category> categories() {
        return categories;
    }

    /** Number of values that {@link #read} gives. */
    int width() {
        return width;
    }

    /** Number of dense features that a row must have. */
    int features() {
        return features;
    }

    /** The values of a row. */
    float[] read(float[] data, int offset) {
        float[] out = new float[width];
        float[] x = embedding == null ? out : new float[numbers.length];
        for (int n = 0; n < numbers.length; n++) {
            x[n] = number(n, data[offset + numbers[n]]);
        }
        if (embedding != null) {
            embedding.apply(x, out);
        }
        int at = numberWidth;
        for (Category category : categories) {
            Matrix table = category.table();
            System.arraycopy(table.row(level(data[offset + category.feature()], table)), 0, out, at, table.columns());
            at += table.columns();
        }
        return out;
    }

    private float number(int n, float cell) {
        if (Float.isNaN(cell)) {
            return 0;
        }
        double x = cell;
        if (centers.length > 0) {
            x = (x - centers[n]) * factors[n];
        }
        // Infinity times a factor of 0 is not a number.
        x = Double.isNaN(x) ? 0 : Math.max(-LIMIT, Math.min(LIMIT, x));
        if (softLimit != Double.POSITIVE_INFINITY) {
            x /= Math.sqrt(1 + (x / softLimit) * (x / softLimit));
        }
        return (float) x;
    }

    /** NaN compares false, too. */
    private static int level(float cell, Matrix table) {
        return cell >= 0 && cell < table.rows() - 1 ? 1 + (int) cell : 0;
    }
}
