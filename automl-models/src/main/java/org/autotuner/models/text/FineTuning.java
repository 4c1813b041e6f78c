package org.autotuner.models.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.model.ErrorCurve;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.TrainingData;
import org.autotuner.models.torch.EncoderLearner;
import org.autotuner.models.torch.EncoderPlan;
import org.autotuner.models.torch.NetworkGoal;
import org.autotuner.models.torch.NetworkTargets;
import org.autotuner.predict.Predictions;
import org.autotuner.space.Configuration;
import org.autotuner.task.BinaryTask;
import org.autotuner.train.Schedule;
import org.jspecify.annotations.Nullable;

/**
 * One fine-tuning: first the head alone on the encoder's sentence vectors, then upper layers and head together (Kumar et al.
 * 2022, arXiv 2202.10054: otherwise the layers follow a head that knows nothing). AdamW with a learning rate that falls from
 * layer to layer, warm-up over the first tenth and half a cosine; batches of texts of like lengths; dropped and swapped tokens
 * as augmentation. The validation error is measured after each epoch and the weights kept; two epochs without progress end it.
 * The deadline is asked before each step. One use; not thread-safe.
 */
final class FineTuning {

    private static final double WEIGHT_DECAY = 0.01;
    private static final double HEAD_RATE = 3;
    private static final double CLIP = 1;
    private static final double VECTOR_DROPOUT = 0.1;
    private static final double WARM_UP = 0.1;
    private static final int PATIENCE = 2;
    /** Batches whose texts are sorted by length together. */
    private static final int SORTED = 16;

    private static final int PROBE_EPOCHS = 15;
    private static final int PROBE_BATCH = 64;
    private static final double PROBE_RATE = 3e-3;
    private static final int MEASURED = 64;

    private final LowerVectors lower;
    private final TrainingData data;
    private final Configuration configuration;
    private final FitContext context;
    private final EncoderConfig config;
    private final int layers;
    private final NetworkGoal goal;
    private final NetworkTargets targets;
    private final int[][] texts;
    private final SplittableRandom random;
    private final List<Integer> epochs = new ArrayList<>();
    private final List<Double> errors = new ArrayList<>();
    private final List<List<float[]>> kept = new ArrayList<>();

    FineTuning(LowerVectors lower, TrainingData data, Configuration configuration, FitContext context) {
        this.lower = lower;
        this.data = data;
        this.configuration = configuration;
        this.context = context;
        this.config = lower.encoder().loaded().config();
        this.layers = Math.min(config.layers(), configuration.get(TransformerFamily.LAYERS));
        this.goal = NetworkGoal.of(data, context.metric());
        this.targets = goal.targets(data);
        this.texts = TransformerScorer.ids(data.features(), lower.encoder());
        this.random = new SplittableRandom(context.seed());
    }

    private boolean isMulticlass() {
        return data.task().isClassification() && !(data.task() instanceof BinaryTask);
    }

    private EncoderPlan plan(int trained, double headRate) {
        return new EncoderPlan(
                trained,
                config.width(),
                config.heads(),
                config.inner(),
                config.epsilon(),
                goal.outputs(),
                goal.loss(),
                isMulticlass(),
                WEIGHT_DECAY,
                configuration.get(TransformerFamily.LAYER_DECAY),
                headRate,
                CLIP);
    }

    FittedModel fit() {
        context.deadline().check();
        lower.warm(texts, config.layers() - layers, context.deadline());
        TrainingData validation = context.steps() > 0 ? null : data.validation();
        int[][] held =
                validation == null ? new int[0][] : TransformerScorer.ids(validation.features(), lower.encoder());
        lower.warm(held, config.layers() - layers, context.deadline());
        List<float[]> head = probe();
        EncoderPlan plan = plan(layers, HEAD_RATE);
        List<float[]> start = new ArrayList<>();
        EncoderWeights weights = lower.encoder().loaded().parts().source().weights();
        for (EncoderPlan.Weight weight : plan.weights()) {
            if (weight.layer() < layers) {
                start.add(weights.get(EncoderWeights.layer(config.layers() - layers + weight.layer()) + weight.name())
                        .values());
            }
        }
        start.addAll(head);
        try (EncoderLearner learner = new EncoderLearner(plan, start)) {
            train(learner, validation, held);
        }
        if (kept.isEmpty()) {
            throw new DeadlineExceededException("The time was up before an epoch of fine-tuning was over.");
        }
        boolean isDefined = validation != null && errors.stream().noneMatch(error -> Double.isNaN(error));
        return model(
                lower.encoder(),
                layers,
                goal,
                epochs,
                List.copyOf(kept),
                isDefined ? new ErrorCurve(epochs, errors) : ErrorCurve.EMPTY);
    }

    /** Holds on to nothing but its arguments, so that the data of the fold is free to go. */
    private static FittedModel model(
            SentenceEncoder encoder,
            int layers,
            NetworkGoal goal,
            List<Integer> epochs,
            List<List<float[]>> weights,
            ErrorCurve curve) {
        EncoderConfig config = encoder.loaded().config();
        return FittedModel.ofSteps(
                curve,
                epochs,
                epochs.size() - 1,
                epoch -> new TransformerScorer(
                        encoder,
                        TunedWeights.of(config, layers, goal.outputs(), weights.get(epoch)),
                        goal.scale(),
                        goal.link()));
    }

    /** A head for the encoder as it is. */
    private List<float[]> probe() {
        EncoderPlan plan = plan(0, 1);
        List<float[]> zero =
                plan.weights().stream().map(weight -> new float[weight.size()]).toList();
        int width = config.width();
        float[] features = data.features().denseArray();
        int stride = data.features().width();
        try (EncoderLearner learner = new EncoderLearner(plan, zero)) {
            int perEpoch = (texts.length + PROBE_BATCH - 1) / PROBE_BATCH;
            for (int step = 0; step < PROBE_EPOCHS * perEpoch; step++) {
                if (step % 20 == 0) {
                    context.deadline().check();
                }
                int[] rows = new int[Math.min(PROBE_BATCH, texts.length)];
                float[] x = new float[rows.length * width];
                float[] mask = new float[rows.length];
                Arrays.fill(mask, 1);
                for (int i = 0; i < rows.length; i++) {
                    rows[i] = random.nextInt(texts.length);
                    System.arraycopy(features, rows[i] * stride, x, i * width, width);
                }
                double rate = PROBE_RATE * Schedule.cosine().at((double) step / (PROBE_EPOCHS * perEpoch));
                learner.step(new EncoderLearner.Texts(rows.length, 1, x, mask), select(rows), new float[0], rate);
            }
            return learner.weights();
        }
    }

    private NetworkTargets select(int[] rows) {
        float[] weights = new float[rows.length];
        int[] labels = new int[targets.labels().length == 0 ? 0 : rows.length];
        float[] values = new float[labels.length > 0 ? 0 : rows.length];
        for (int i = 0; i < rows.length; i++) {
            weights[i] = targets.weights().length == 0 ? 1 : targets.weights()[rows[i]];
            if (labels.length > 0) {
                labels[i] = targets.labels()[rows[i]];
            } else {
                values[i] = targets.values()[rows[i]];
            }
        }
        return labels.length > 0
                ? NetworkTargets.ofLabels(labels, weights)
                : NetworkTargets.ofValues(values, 1, weights);
    }

    private void train(EncoderLearner learner, @Nullable TrainingData validation, int[][] held) {
        int wanted = configuration.get(TransformerFamily.EPOCHS);
        int last = context.steps() > 0 ? Math.min(wanted, context.steps()) : wanted;
        int batch = Math.max(1, Math.min(configuration.get(TransformerFamily.BATCH), texts.length / 4));
        int perEpoch = (rowsPerEpoch() + batch - 1) / batch;
        Schedule schedule = new Schedule.WarmUp(WARM_UP, Schedule.cosine());
        double rate = configuration.get(TransformerFamily.RATE);
        double best = Double.POSITIVE_INFINITY;
        int worse = 0;
        for (int epoch = 1; epoch <= last; epoch++) {
            int step = (epoch - 1) * perEpoch;
            for (int[] rows : batches(batch)) {
                if (context.deadline().isOver()) {
                    return;
                }
                double factor = schedule.at((step + 0.5) / ((double) wanted * perEpoch));
                learner.step(augmented(rows), select(rows), dropout(rows.length), rate * factor);
                step++;
            }
            List<float[]> weights = learner.weights();
            if (!areFinite(weights)) {
                return;
            }
            double error = validation == null ? Double.NaN : error(learner, validation, held);
            if (validation != null && context.deadline().isOver()) {
                return;
            }
            epochs.add(epoch);
            kept.add(weights);
            errors.add(error);
            worse = error < best ? 0 : worse + 1;
            best = Math.min(best, Double.isNaN(error) ? best : error);
            boolean goesOn = Double.isNaN(error) || context.progress().report(epoch, error);
            if (!goesOn || (validation != null && worse >= PATIENCE)) {
                return;
            }
        }
    }

    private static boolean areFinite(List<float[]> weights) {
        for (float[] values : weights) {
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    return false;
                }
            }
        }
        return true;
    }

    private int rowsPerEpoch() {
        double share = configuration.get(TransformerFamily.EPOCH_SHARE);
        return Math.max(1, (int) Math.ceil(share * texts.length));
    }

    /** The rows of an epoch once, in batches of like lengths, in random order. */
    private List<int[]> batches(int size) {
        Integer[] order = new Integer[texts.length];
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        List<int[]> batches = new ArrayList<>();
        int rowCount = rowsPerEpoch();
        for (int from = 0; from < rowCount; from += SORTED * size) {
            int to = Math.min(rowCount, from + SORTED * size);
            Arrays.sort(order, from, to, Comparator.comparingInt(row -> texts[row].length));
            for (int first = from; first < to; first += size) {
                int[] rows = new int[Math.min(size, to - first)];
                for (int i = 0; i < rows.length; i++) {
                    rows[i] = order[first + i];
                }
                batches.add(rows);
            }
        }
        for (int i = batches.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int[] swapped = batches.get(i);
            batches.set(i, batches.get(j));
            batches.set(j, swapped);
        }
        return batches;
    }

    /** A batch with tokens swapped, where the words' own vectors are computed anew, and dropped; the first stays. */
    private EncoderLearner.Texts augmented(int[] rows) {
        int[][] ids = new int[rows.length][];
        double swap = layers == config.layers() ? configuration.get(TransformerFamily.TOKEN_SWAP) : 0;
        for (int i = 0; i < rows.length; i++) {
            ids[i] = texts[rows[i]];
            if (swap > 0) {
                ids[i] = ids[i].clone();
                for (int j = 1; j + 2 < ids[i].length; j++) {
                    if (random.nextDouble() < swap) {
                        int token = ids[i][j];
                        ids[i][j] = ids[i][j + 1];
                        ids[i][j + 1] = token;
                        j++;
                    }
                }
            }
        }
        return padded(ids, configuration.get(TransformerFamily.TOKEN_DROPOUT));
    }

    private EncoderLearner.Texts padded(int[][] ids, double dropped) {
        int tokens = Arrays.stream(ids).mapToInt(text -> text.length).max().orElse(1);
        int width = config.width();
        float[][] vectors = lower.of(ids, config.layers() - layers);
        float[] x = new float[ids.length * tokens * width];
        float[] mask = new float[ids.length * tokens];
        for (int i = 0; i < ids.length; i++) {
            System.arraycopy(vectors[i], 0, x, i * tokens * width, vectors[i].length);
            for (int j = 0; j < ids[i].length; j++) {
                mask[i * tokens + j] = j > 0 && dropped > 0 && random.nextDouble() < dropped ? 0 : 1;
            }
        }
        return new EncoderLearner.Texts(ids.length, tokens, x, mask);
    }

    private float[] dropout(int rows) {
        float[] factors = new float[rows * config.width()];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = random.nextDouble() < VECTOR_DROPOUT ? 0 : (float) (1 / (1 - VECTOR_DROPOUT));
        }
        return factors;
    }

    private double error(EncoderLearner learner, TrainingData validation, int[][] held) {
        int outputs = goal.outputs();
        double[] all = new double[held.length * outputs];
        Integer[] order = new Integer[held.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingInt(row -> held[row].length));
        double[] row = new double[outputs];
        for (int from = 0; from < order.length; from += MEASURED) {
            if (context.deadline().isOver()) {
                return Double.NaN;
            }
            int to = Math.min(order.length, from + MEASURED);
            int[][] ids = new int[to - from][];
            for (int i = from; i < to; i++) {
                ids[i - from] = held[order[i]];
            }
            float[] some = learner.outputs(padded(ids, 0));
            for (int i = from; i < to; i++) {
                for (int k = 0; k < outputs; k++) {
                    row[k] = goal.scale().undo(some[(i - from) * outputs + k]);
                }
                goal.link().apply(row, outputs);
                System.arraycopy(row, 0, all, order[i] * outputs, outputs);
            }
        }
        return context.metric().error(validation.target(), Predictions.of(data.task(), all), validation.weights());
    }
}
