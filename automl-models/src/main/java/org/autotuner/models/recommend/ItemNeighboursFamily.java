package org.autotuner.models.recommend;

import java.util.List;
import java.util.Optional;
import org.autotuner.model.CostEstimate;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Preparation;
import org.autotuner.prepare.RatingCodes;
import org.autotuner.score.FactorScorer;
import org.autotuner.score.ItemNeighboursScorer;
import org.autotuner.space.Configuration;
import org.autotuner.space.IntParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Task;

/**
 * Item neighbourhood (Sarwar et al., WWW 2001; Koren, KDD 2008): what the user said of the most similar items, in residuals of the
 * biases, similarity being correlation shrunk by the number of common raters. The deadline is asked after each item. Stateless
 * and thread-safe.
 */
public final class ItemNeighboursFamily implements ModelFamily {

    static final IntParameter NEIGHBOURS =
            Parameter.ints("neighbours", 5, 200).log().withDefault(40);
    static final RealParameter SIMILARITY_SHRINKAGE =
            Parameter.reals("similarity_shrinkage", 1, 500).log().withDefault(50.0);
    static final RealParameter SHRINKAGE =
            Parameter.reals("shrinkage", 0.01, 10).log().withDefault(0.5);
    static final RealParameter BIAS_RIDGE =
            Parameter.reals("bias_ridge", 1, 50).log().withDefault(8.0);

    private static final SearchSpace SPACE = SearchSpace.of(NEIGHBOURS, SIMILARITY_SHRINKAGE, SHRINKAGE, BIAS_RIDGE);
    private static final int MOST_ITEMS = 30_000;
    private static final int MOST_SIMILAR = 500;

    @Override
    public String id() {
        return "item-neighbours";
    }

    @Override
    public boolean supports(Task task) {
        return task instanceof RegressionTask;
    }

    @Override
    public Optional<String> unsuitable(DataShape shape) {
        return RatingShape.unsuitable(shape)
                .or(() -> shape.levels() > 4 * MOST_ITEMS
                        ? Optional.of(
                                "similarities between pairs of %d levels would take too long".formatted(shape.levels()))
                        : Optional.empty());
    }

    @Override
    public SearchSpace space(DataShape shape) {
        return SPACE;
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        Configuration defaults = SPACE.defaults();
        return List.of(
                defaults,
                defaults.with(NEIGHBOURS, 80).with(SIMILARITY_SHRINKAGE, 100.0).with(SHRINKAGE, 1.0));
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        return new RatingCodes();
    }

    @Override
    public CostEstimate cost(Configuration configuration, DataShape shape) {
        double perUser = 2.0 * shape.rows() / Math.max(1, shape.levels());
        double levels = shape.levels();
        double pairs = shape.rows() * perUser * 2 + levels * levels;
        double bytes = 8.0 * levels * Math.min(MOST_SIMILAR, levels) + 80.0 * shape.rows();
        return new CostEstimate(0.05 + 4e-9 * pairs, (long) bytes, true);
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        context.deadline().check();
        Ratings ratings = Ratings.of(data);
        double ridge = configuration.get(BIAS_RIDGE);
        Biases biases = Biases.of(ratings, ridge, ridge);
        float[] residuals = biases.residuals(ratings);
        ItemNeighboursScorer.Rows similar = Similarities.of(
                ratings, residuals, configuration.get(SIMILARITY_SHRINKAGE), MOST_SIMILAR, context.deadline());
        FactorScorer base = FactorScorer.of(
                ratings.mean,
                ratings.low,
                ratings.high,
                0,
                scaled(biases.user(), ratings.deviation),
                scaled(biases.item(), ratings.deviation),
                new float[0],
                new float[0]);
        return FittedModel.of(ItemNeighboursScorer.of(
                base,
                configuration.get(NEIGHBOURS),
                configuration.get(SHRINKAGE),
                rated(ratings, scaled(residuals, ratings.deviation)),
                similar));
    }

    private static float[] scaled(float[] standardised, double scale) {
        float[] values = new float[standardised.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (scale * standardised[i]);
        }
        return values;
    }

    /** Residuals by user; of several ratings of one item their mean. */
    private static ItemNeighboursScorer.Rows rated(Ratings ratings, float[] residuals) {
        int[] start = new int[ratings.users + 1];
        int[] index = new int[ratings.size()];
        float[] value = new float[ratings.size()];
        int size = 0;
        for (int user = 0; user < ratings.users; user++) {
            for (int e = ratings.start[user]; e < ratings.start[user + 1]; ) {
                int item = ratings.item[e];
                double sum = 0;
                int count = 0;
                while (e < ratings.start[user + 1] && ratings.item[e] == item) {
                    sum += residuals[e++];
                    count++;
                }
                index[size] = item;
                value[size++] = (float) (sum / count);
            }
            start[user + 1] = size;
        }
        return new ItemNeighboursScorer.Rows(
                start, java.util.Arrays.copyOf(index, size), java.util.Arrays.copyOf(value, size));
    }
}
