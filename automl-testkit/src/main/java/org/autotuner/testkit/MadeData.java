package org.autotuner.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.autotuner.budget.Deadline;
import org.autotuner.data.CategoricalColumn;
import org.autotuner.data.Image;
import org.autotuner.data.ImageColumn;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Role;
import org.autotuner.data.Table;
import org.autotuner.data.TextColumn;
import org.autotuner.execute.Scoring;
import org.autotuner.metric.Metric;
import org.autotuner.model.DataShape;
import org.autotuner.model.TrainingData;
import org.autotuner.predict.Predictions;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.ImageSize;
import org.autotuner.prepare.Preparation;
import org.autotuner.prepare.PrepareContext;
import org.autotuner.prepare.Prepared;
import org.autotuner.score.ConstantScorer;
import org.autotuner.score.Scorer;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;
import org.jspecify.annotations.Nullable;

/** Small data of one task with something to learn: two thirds of the rows to train, the rest to validate. */
final class MadeData {

    private static final int USERS = 20;
    private static final int ITEMS = 15;
    private static final List<String> LEVELS = List.of("red", "green", "blue", "rare");

    private final Task task;
    private final double[][] numbers;
    private final int[] codes;
    private final double[] target;
    private final boolean hasTexts;
    private final boolean hasImages;
    private final boolean hasRatings;

    private MadeData(
            Task task,
            double[][] numbers,
            int[] codes,
            double[] target,
            boolean hasTexts,
            boolean hasImages,
            boolean hasRatings) {
        this.task = task;
        this.numbers = numbers;
        this.codes = codes;
        this.target = target;
        this.hasTexts = hasTexts;
        this.hasImages = hasImages;
        this.hasRatings = hasRatings;
    }

    /** Data of every kind of task. */
    static Stream<MadeData> all(int rows, long seed) {
        return Stream.of(
                        new BinaryTask("y", "no", "yes"),
                        new MulticlassTask("y", List.of("a", "b", "c")),
                        new RegressionTask("y"),
                        new QuantileTask("y", List.of(0.1, 0.5, 0.9)))
                .map(task -> of(task, rows, seed));
    }

    private static MadeData of(Task task, int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] numbers = new double[3][rows];
        int[] codes = new int[rows];
        double[] target = new double[rows];
        for (int row = 0; row < rows; row++) {
            for (double[] column : numbers) {
                column[row] = random.nextGaussian();
            }
            codes[row] = random.nextInt(3);
            double signal = 2 * numbers[0][row] - numbers[1][row] + (codes[row] == 1 ? 2 : 0);
            double noisy = signal + 0.5 * random.nextGaussian();
            int classes = task.labels().size();
            target[row] = !task.isClassification()
                    ? noisy
                    : classes == 2 ? (noisy > 0.5 ? 1 : 0) : noisy > 2 ? 2 : noisy > -0.5 ? 1 : 0;
        }
        return new MadeData(task, numbers, codes, target, false, false, false);
    }

    /** The same with missing cells, a constant and an all-missing column, and a level that only validation rows have. */
    MadeData withHoles() {
        int rows = target.length;
        double[][] more = new double[5][];
        for (int i = 0; i < 3; i++) {
            more[i] = numbers[i].clone();
            for (int row = i; row < rows; row += 7) {
                more[i][row] = Double.NaN;
            }
        }
        more[3] = new double[rows];
        more[4] = new double[rows];
        Arrays.fill(more[3], 3);
        Arrays.fill(more[4], Double.NaN);
        int[] changed = codes.clone();
        for (int row = 0; row < rows; row++) {
            changed[row] = row % 11 == 0 ? -1 : row >= split() && row % 5 == 0 ? 3 : codes[row];
        }
        return new MadeData(task, more, changed, target, hasTexts, hasImages, hasRatings);
    }

    /** The same with one class, or one value, in all rows. */
    MadeData withOneTargetValue() {
        double[] same = new double[target.length];
        Arrays.fill(same, 1);
        return new MadeData(task, numbers, codes, same, hasTexts, hasImages, hasRatings);
    }

    /** The same with a column of texts: a word for the colour and one for each number, missing ones left out. */
    MadeData withTexts() {
        return new MadeData(task, numbers, codes, target, true, hasImages, hasRatings);
    }

    /** The same with a column of images that show the first two numbers: the brightness of their halves. */
    MadeData withImages() {
        return new MadeData(task, numbers, codes, target, hasTexts, true, hasRatings);
    }

    /** The same with columns of users and items: the item tells the first number roughly, the user nothing. */
    MadeData withRatings() {
        return new MadeData(task, numbers, codes, target, hasTexts, hasImages, true);
    }

    private CategoricalColumn items(int from, int to) {
        int[] items = IntStream.range(from, to)
                .map(row -> Double.isNaN(numbers[0][row])
                        ? CategoricalColumn.MISSING
                        : (int) Math.max(0, Math.min(ITEMS - 1, ITEMS / 2 + Math.round(3 * numbers[0][row]))))
                .toArray();
        return CategoricalColumn.of(items, names("item", ITEMS));
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    private ImageColumn images(int from, int to) {
        List<@Nullable Image> images = new ArrayList<>();
        for (int row = from; row < to; row++) {
            byte[] pixels = new byte[64];
            for (int i = 0; i < pixels.length; i++) {
                double value = numbers[i % 8 < 4 ? 0 : 1][row];
                pixels[i] = (byte) Math.max(0, Math.min(255, 128 + 40 * value + i % 5));
            }
            boolean isMissing = Double.isNaN(numbers[0][row]) || Double.isNaN(numbers[1][row]);
            images.add(isMissing ? null : Image.of(8, 8, 1, pixels));
        }
        return ImageColumn.of(images);
    }

    Task task() {
        return task;
    }

    DataShape shape() {
        DataShape shape = new DataShape(task, split(), numbers.length, 1, LEVELS.size(), hasTexts ? 1 : 0);
        shape = hasImages ? shape.withImage(new ImageSize(8, 8, 1)) : shape;
        return hasRatings ? shape.withRatings() : shape;
    }

    /** Training and validation rows, prepared as a family wants it. */
    Fold fold(Preparation preparation) {
        int rows = target.length;
        Target first = target(0, split());
        Prepared prepared = preparation.fit(
                table(0, split()), first, Weights.none(), new PrepareContext(task, 3, Deadline.never()));
        FeatureMatrix others = prepared.preparation().transform(table(split(), rows));
        TrainingData validation = new TrainingData(task, others, target(split(), rows), Weights.none(), null);
        return new Fold(new TrainingData(task, prepared.features(), first, Weights.none(), validation), validation);
    }

    private int split() {
        return target.length * 2 / 3;
    }

    private Table table(int from, int to) {
        Table.Builder builder = Table.builder();
        for (int i = 0; i < numbers.length; i++) {
            builder.column("number" + i, NumericColumn.of(Arrays.copyOfRange(numbers[i], from, to)));
        }
        if (hasTexts) {
            builder.column(
                    "text",
                    TextColumn.of(IntStream.range(from, to).mapToObj(this::text).toList()));
        }
        if (hasImages) {
            builder.column("image", images(from, to));
        }
        builder.column("colour", CategoricalColumn.of(Arrays.copyOfRange(codes, from, to), LEVELS));
        if (!hasRatings) {
            return builder.build();
        }
        int[] users = IntStream.range(from, to).map(row -> row % USERS).toArray();
        return builder.column("user", CategoricalColumn.of(users, names("user", USERS)))
                .column("item", items(from, to))
                .build()
                .withRole("user", Role.USER)
                .withRole("item", Role.ITEM);
    }

    private String text(int row) {
        StringBuilder text = new StringBuilder(codes[row] < 0 ? "" : LEVELS.get(codes[row]));
        for (int i = 0; i < numbers.length; i++) {
            if (!Double.isNaN(numbers[i][row])) {
                String size = numbers[i][row] > 0.5 ? "high" : numbers[i][row] < -0.5 ? "low" : "middle";
                text.append(' ').append(size).append(i);
            }
        }
        return text.toString();
    }

    private Target target(int from, int to) {
        double[] part = Arrays.copyOfRange(target, from, to);
        return task.isClassification()
                ? Target.ofLabels(
                        Arrays.stream(part).mapToInt(value -> (int) value).toArray())
                : Target.ofValues(part);
    }

    /** Prepared rows. */
    record Fold(TrainingData training, TrainingData validation) {

        Predictions predict(Scorer scorer) {
            return Scoring.predict(training.task(), scorer, validation.features(), Deadline.never())
                    .predictions();
        }

        double error(Metric metric, Predictions predictions) {
            return metric.error(validation.target(), predictions, Weights.none());
        }

        /** The error of training frequencies, mean or quantiles. */
        double errorOfPrior(Metric metric) {
            return error(metric, predict(ConstantScorer.of(prior())));
        }

        private double[] prior() {
            Task task = training.task();
            List<Double> values = new ArrayList<>();
            for (int row = 0; row < training.rows(); row++) {
                values.add(training.target().value(row));
            }
            values.sort(null);
            if (task instanceof QuantileTask quantile) {
                return quantile.levels().stream()
                        .mapToDouble(level -> values.get((int) (level * values.size())))
                        .toArray();
            }
            if (!task.isClassification() || task.outputs() == 1) {
                return new double[] {
                    values.stream().mapToDouble(Double::doubleValue).average().orElseThrow()
                };
            }
            double[] shares = new double[task.outputs()];
            values.forEach(label -> shares[label.intValue()] += 1.0 / values.size());
            return shares;
        }
    }
}
