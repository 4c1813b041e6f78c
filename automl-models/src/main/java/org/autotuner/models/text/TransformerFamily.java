package org.autotuner.models.text;

import java.util.Arrays;
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

    /** Share of the rows that an epoch sees, drawn anew for each. */
    static final OrdinalParameter<Double> EPOCH_SHARE =
            Parameter.ordinal("epoch_share", 0.125, 0.25, 0.5, 1.0).withDefault(1.0);

    private static final SearchSpace SPACE =
            SearchSpace.of(LAYERS, RATE, EPOCHS, BATCH, LAYER_DECAY, TOKEN_DROPOUT, TOKEN_SWAP, EPOCH_SHARE);

    /** Of libtorch in training, on a middling core. */
    private static final double PRODUCTS_PER_SECOND = 3.5e10;
    /** Of the encoder, which computes what comes out of the lower layers. */
    private static final double ENCODED_PER_SECOND = 1.6e10;

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
        double pass = all.secondsOfAll() * ENCODED_PER_SECOND / PRODUCTS_PER_SECOND * Math.min(1, layers / 6.0);
        double seconds =
                2 + all.secondsLeft() + 3.2 * 0.8 * pass * configuration.get(EPOCHS) * configuration.get(EPOCH_SHARE);
        return new CostEstimate(seconds, ENGINE_BYTES + all.bytes(), true);
    }

    /** Fewer epochs, then fewer layers, then fewer rows per epoch, until the share of the time suffices. */
    @Override
    public Configuration adapt(Configuration configuration, TrainingData data, FitContext context) {
        if (Double.isInfinite(context.secondsShare())) {
            return configuration;
        }
        Work work = new Work(data);
        Configuration tried = configuration;
        while (true) {
            // The lower layers' vectors are computed once per study, like the sentences': beyond the share of a fit.
            double seconds = USED
                    * Math.min(
                            context.secondsShare(), context.deadline().remainingSeconds() - work.secondsBefore(tried));
            int affordable = (int) Math.max(0, seconds / work.secondsPerEpoch(tried));
            int epochs = tried.get(EPOCHS);
            int layers = tried.get(LAYERS);
            if (affordable >= epochs) {
                return tried;
            }
            if (affordable >= Math.min(epochs, LEAST_EPOCHS + (layers > 1 ? 1 : 0))) {
                return tried.with(EPOCHS, affordable);
            }
            int share = EPOCH_SHARE.options().indexOf(tried.get(EPOCH_SHARE));
            if (layers > 1) {
                tried = tried.with(LAYERS, layers > 3 ? layers / 2 : layers - 1);
            } else if (share > 0) {
                tried = tried.with(EPOCH_SHARE, EPOCH_SHARE.options().get(share - 1));
            } else {
                throw new DeadlineExceededException(
                        "Two epochs of one layer and an eighth of the rows would take longer than the %.0f s of a fit's share."
                                .formatted(Math.max(0, seconds)));
            }
        }
    }

    /** How long the texts of a fold take. */
    private final class Work {

        private final LowerVectors texts = lower();
        private final EncoderConfig config = texts.encoder().loaded().config();
        private final int[][] trained;
        private final int[][] measured;

        Work(TrainingData data) {
            trained = TransformerScorer.ids(data.features(), texts.encoder());
            TrainingData validation = data.validation();
            measured =
                    validation == null ? new int[0][] : TransformerScorer.ids(validation.features(), texts.encoder());
        }

        private int layers(Configuration configuration) {
            return Math.min(config.layers(), configuration.get(LAYERS));
        }

        /** For the vectors out of the lower layers. */
        double secondsBefore(Configuration configuration) {
            int lowest = config.layers() - layers(configuration);
            long tokens = texts.missingTokens(trained, lowest) + texts.missingTokens(measured, lowest);
            return tokens * config.products() / config.layers() * lowest / ENCODED_PER_SECOND;
        }

        double secondsPerEpoch(Configuration configuration) {
            double products = config.products() / config.layers() * layers(configuration);
            return (3 * configuration.get(EPOCH_SHARE) * tokens(trained) + tokens(measured))
                    * products
                    / PRODUCTS_PER_SECOND;
        }

        private static double tokens(int[][] texts) {
            return Arrays.stream(texts).mapToLong(ids -> ids.length).sum();
        }
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
