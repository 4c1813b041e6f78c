package org.autotuner.models.text;

import java.util.List;
import java.util.Optional;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.model.CostEstimate;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Preparation;
import org.autotuner.prepare.SentencePreparation;
import org.autotuner.prepare.SentenceVectors;
import org.autotuner.prepare.TextEncoders;
import org.autotuner.space.Configuration;
import org.autotuner.space.IntParameter;
import org.autotuner.space.OrdinalParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.Task;
import org.autotuner.train.TorchLibrary;
import org.jspecify.annotations.Nullable;

/**
 * Fine-tunes the upper layers of a BERT-like encoder on the one text column of a table; see {@link FineTuning}. The word
 * table and the lower layers stay as they are, and what comes out of them is computed once per study. Training needs
 * PyTorch's native library, prediction does not. Stateless but for these vectors; thread-safe.
 */
public final class TransformerFamily implements ModelFamily {

    /** Layers that are trained, from above; those that the encoder does not have are left out. */
    static final OrdinalParameter<Integer> LAYERS =
            Parameter.ordinal("layers", 1, 2, 3, 6, 12).withDefault(2);

    static final RealParameter RATE = Parameter.reals("rate", 3e-5, 2e-3).log().withDefault(3e-4);
    static final IntParameter EPOCHS = Parameter.ints("epochs", 1, 12).withDefault(4);
    static final OrdinalParameter<Integer> BATCH =
            Parameter.ordinal("batch", 16, 32, 64).withDefault(32);
    /** Factor of the learning rate from each layer to the one below. */
    static final OrdinalParameter<Double> LAYER_DECAY =
            Parameter.ordinal("layer_decay", 0.7, 0.8, 0.9, 1.0).withDefault(0.9);
    /** Augmentation: share of a text's tokens that a training step does not see. */
    static final OrdinalParameter<Double> TOKEN_DROPOUT =
            Parameter.ordinal("token_dropout", 0.0, 0.05, 0.1, 0.2).withDefault(0.1);
    /** Augmentation: probability that a token changes places with the next one; where all layers are trained. */
    static final OrdinalParameter<Double> TOKEN_SWAP =
            Parameter.ordinal("token_swap", 0.0, 0.05, 0.1).withDefault(0.0);

    private static final SearchSpace SPACE =
            SearchSpace.of(LAYERS, RATE, EPOCHS, BATCH, LAYER_DECAY, TOKEN_DROPOUT, TOKEN_SWAP);

    /** Of libtorch in training, on a middling core. */
    private static final double PRODUCTS_PER_SECOND = 3.5e10;

    private static final double TIME_FACTOR = 3;
    private static final double USED = 0.8;
    private static final int LEAST_EPOCHS = 2;
    private static final long ENGINE_BYTES = 500L << 20;

    private final @Nullable SentenceVectors vectors;
    private volatile @Nullable LowerVectors lower;

    /** The family without an encoder: unsuitable for all data. */
    public TransformerFamily() {
        this(null);
    }

    private TransformerFamily(@Nullable SentenceVectors vectors) {
        this.vectors = vectors;
    }

    @Override
    public ModelFamily withSentences(SentenceVectors given) {
        return new TransformerFamily(given);
    }

    @Override
    public String id() {
        return "transformer";
    }

    @Override
    public boolean supports(Task task) {
        return !(task instanceof QuantileTask);
    }

    @Override
    public Optional<String> unavailable() {
        return TorchLibrary.here().problem();
    }

    @Override
    public Optional<String> unsuitable(DataShape shape) {
        if (shape.textColumns() != 1) {
            return Optional.of("it reads one text column, and there are " + shape.textColumns());
        }
        if (vectors == null) {
            return TextEncoders.missing().or(() -> Optional.of("there is no time to encode the texts"));
        }
        return TorchLibrary.here().problem();
    }

    @Override
    public double timeFactor(DataShape shape) {
        return TIME_FACTOR;
    }

    @Override
    public SearchSpace space(DataShape shape) {
        return SPACE;
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        return List.of(
                SPACE.defaults(),
                SPACE.defaults().with(LAYERS, 6).with(RATE, 1.5e-4).with(EPOCHS, 3));
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        return SentencePreparation.ofTokens(vectors());
    }

    @Override
    public CostEstimate cost(Configuration configuration, DataShape shape) {
        SentenceVectors all = vectors();
        int layers = configuration.get(LAYERS);
        // The encoder runs at 1.6e10 products a second, all its layers once; training takes three passes of the upper
        // ones.
        double pass = all.secondsOfAll() * 1.6e10 / PRODUCTS_PER_SECOND * Math.min(1, layers / 6.0);
        double seconds = 2 + all.secondsLeft() + 3.2 * 0.8 * pass * configuration.get(EPOCHS);
        return new CostEstimate(seconds, ENGINE_BYTES + all.bytes(), true);
    }

    /** Fewer epochs, then fewer layers, until the share of the time suffices. */
    @Override
    public Configuration adapt(Configuration configuration, TrainingData data, FitContext context) {
        if (Double.isInfinite(context.secondsShare())) {
            return configuration;
        }
        double seconds = USED * context.secondsShare();
        Configuration tried = configuration;
        while (true) {
            int affordable = (int) (seconds / secondsPerEpoch(tried, data));
            int epochs = tried.get(EPOCHS);
            int layers = tried.get(LAYERS);
            if (affordable >= epochs) {
                return tried;
            }
            if (affordable >= Math.min(epochs, LEAST_EPOCHS + (layers > 1 ? 1 : 0))) {
                return tried.with(EPOCHS, affordable);
            }
            if (layers == 1) {
                throw new DeadlineExceededException(
                        "Two epochs of one layer would take longer than the %.0f s of a fit's share."
                                .formatted(seconds));
            }
            tried = tried.with(LAYERS, layers > 3 ? layers / 2 : layers - 1);
        }
    }

    private double secondsPerEpoch(Configuration configuration, TrainingData data) {
        LowerVectors texts = lower();
        double trained = tokens(data, texts.encoder());
        TrainingData validation = data.validation();
        double measured = validation == null ? 0 : tokens(validation, texts.encoder());
        EncoderConfig config = texts.encoder().loaded().config();
        double layers = Math.min(config.layers(), configuration.get(LAYERS));
        double products = config.products() / config.layers() * layers;
        return (3 * trained + measured) * products / PRODUCTS_PER_SECOND;
    }

    private static double tokens(TrainingData data, SentenceEncoder encoder) {
        long sum = 0;
        for (int row = 0; row < data.rows(); row++) {
            sum += TransformerScorer.ids(
                            data.features().denseArray(), row * data.features().width(), encoder)
                    .length;
        }
        return sum;
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        return new FineTuning(lower(), data, configuration, context).fit();
    }

    private SentenceVectors vectors() {
        SentenceVectors found = vectors;
        if (found == null) {
            throw new IllegalStateException("The family has no encoder: it was not made by withSentences.");
        }
        return found;
    }

    private LowerVectors lower() {
        LowerVectors found = lower;
        if (found == null) {
            synchronized (this) {
                found = lower;
                if (found == null) {
                    found = new LowerVectors(TransformerCodec.bert(vectors())
                            .orElseThrow(() -> new IllegalStateException("The encoder is none of the BERT family.")));
                    lower = found;
                }
            }
        }
        return found;
    }
}
