package org.autotuner.models.recommend;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.RatingCodes;

/**
 * The ratings of the training rows, user by user. Rows of weight 0 and rows that lack user or item are left out of the lists;
 * mean and range are those of all weighted rows. Values are standardised. Immutable by convention.
 */
final class Ratings {

    final int users;
    final int items;
    final double mean;
    final double deviation;
    final double low;
    final double high;
    /** User u has the entries start[u]..start[u+1]-1, by increasing item. */
    final int[] start;

    final int[] user;
    final int[] item;
    final float[] value;
    final float[] weight;

    private Ratings(TrainingData data) {
        FeatureMatrix features = data.features();
        users = features.features().get(RatingCodes.USER).cardinality();
        items = features.features().get(RatingCodes.ITEM).cardinality();
        int[] rows = IntStream.range(0, data.rows())
                .filter(row -> data.weights().at(row) > 0)
                .toArray();
        double total = 0;
        double sum = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int row : rows) {
            double rating = data.target().value(row);
            total += data.weights().at(row);
            sum += data.weights().at(row) * rating;
            least = Math.min(least, rating);
            most = Math.max(most, rating);
        }
        mean = sum / total;
        low = least;
        high = most;
        double squares = 0;
        for (int row : rows) {
            double difference = data.target().value(row) - mean;
            squares += data.weights().at(row) * difference * difference;
        }
        double spread = Math.sqrt(squares / total);
        deviation = spread > 0 ? spread : 1;
        int[] known = Arrays.stream(rows)
                .filter(row -> code(features, row, RatingCodes.USER) >= 0 && code(features, row, RatingCodes.ITEM) >= 0)
                .boxed()
                .sorted((a, b) -> {
                    int byUser =
                            Integer.compare(code(features, a, RatingCodes.USER), code(features, b, RatingCodes.USER));
                    int byItem =
                            Integer.compare(code(features, a, RatingCodes.ITEM), code(features, b, RatingCodes.ITEM));
                    return byUser != 0 ? byUser : byItem != 0 ? byItem : Integer.compare(a, b);
                })
                .mapToInt(Integer::intValue)
                .toArray();
        user = new int[known.length];
        item = new int[known.length];
        value = new float[known.length];
        weight = new float[known.length];
        start = new int[users + 1];
        for (int i = 0; i < known.length; i++) {
            user[i] = code(features, known[i], RatingCodes.USER);
            item[i] = code(features, known[i], RatingCodes.ITEM);
            value[i] = (float) ((data.target().value(known[i]) - mean) / deviation);
            weight[i] = (float) (data.weights().at(known[i]) * rows.length / total);
            start[user[i] + 1]++;
        }
        for (int u = 0; u < users; u++) {
            start[u + 1] += start[u];
        }
    }

    static Ratings of(TrainingData data) {
        return new Ratings(data);
    }

    private static int code(FeatureMatrix features, int row, int feature) {
        float cell = features.at(row, feature);
        return Float.isNaN(cell) ? -1 : (int) cell;
    }

    int size() {
        return value.length;
    }

    /** How many ratings each item has. */
    int[] itemCounts() {
        int[] counts = new int[items];
        for (int each : item) {
            counts[each]++;
        }
        return counts;
    }
}
