package org.autotuner.profile;

import java.util.List;

/**
 * How the present values of a column are distributed, as far as later comparison needs it.
 *
 * @param edges of numbers, milliseconds since the epoch, lengths of texts in characters or brightness of images (0 to 255): ascending; a value up to and
 *     including an edge lies in the bin before it; empty for categorical columns
 * @param levels of a categorical column the most frequent ones, at most 50; empty for other types
 * @param shares share of each bin (one more than edges) or of each level and, last, of all other levels; they sum to 1
 *     unless no value is present, then all are 0
 * @param mean of what the edges measure; NaN for categorical columns and where no value is finite
 * @param deviation standard deviation
 * @param quantiles the values at 0, 5, 25, 50, 75, 95 and 100 %; empty where there is no mean
 */
public record Distribution(
        List<Double> edges,
        List<String> levels,
        List<Double> shares,
        double mean,
        double deviation,
        List<Double> quantiles) {

    public Distribution {
        edges = List.copyOf(edges);
        levels = List.copyOf(levels);
        shares = List.copyOf(shares);
        quantiles = List.copyOf(quantiles);
        if (shares.size() != Math.max(edges.size(), levels.size()) + 1) {
            throw new IllegalArgumentException("%d shares do not fit %d edges and %d levels."
                    .formatted(shares.size(), edges.size(), levels.size()));
        }
    }

    /** The smallest value, or NaN. */
    public double least() {
        return quantiles.isEmpty() ? Double.NaN : quantiles.get(0);
    }

    /** The largest value, or NaN. */
    public double greatest() {
        return quantiles.isEmpty() ? Double.NaN : quantiles.get(quantiles.size() - 1);
    }
}
