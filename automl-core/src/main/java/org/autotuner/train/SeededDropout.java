package org.autotuner.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Dropout (Srivastava and others, JMLR 15, 2014) whose masks come from the seed of the training: in training each number is
 * 0 with the given probability, and the others grow by {@code 1 / (1 - probability)}; in prediction nothing changes. DJL's
 * own {@code Dropout} draws from the engine's one generator, so with it no training can be repeated. Trains within a {@link
 * BlockLearner} only, which finds it among the block's children. Not thread-safe in training.
 */
public final class SeededDropout extends AbstractBlock {

    private static final byte VERSION = 1;
    /** Masks are drawn with this many bits a number, so probabilities are exact to 1/65536. */
    private static final int BITS = 16;

    private final double probability;
    private @Nullable SplittableRandom random;
    private double current;

    /**
     * A dropout layer.
     *
     * @param probability of a number to be dropped, in [0, 1)
     */
    public SeededDropout(double probability) {
        super(VERSION);
        Arguments.require(probability >= 0 && probability < 1, "probability", probability, "in [0, 1)");
        this.probability = probability;
    }

    /** All of these layers below a block, in order. */
    static List<SeededDropout> below(Block block) {
        List<SeededDropout> found = new ArrayList<>();
        if (block instanceof SeededDropout dropout) {
            found.add(dropout);
        }
        block.getChildren().values().forEach(child -> found.addAll(below(child)));
        return found;
    }

    /**
     * Prepares the next step.
     *
     * @param given where its masks come from
     * @param share of the probability that holds in it
     */
    void prepare(SplittableRandom given, double share) {
        random = given;
        current = probability * share;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        if (!training || probability == 0) {
            return inputs;
        }
        SplittableRandom source = random;
        if (source == null) {
            throw new IllegalStateException("A SeededDropout was asked to train without a seed. Train the block by a"
                    + " BlockLearner, and have it among the children of its parent, so that it is found.");
        }
        NDArray input = inputs.singletonOrThrow();
        return new NDList(input.mul(mask(parameterStore.getManager(), input.getShape(), source)));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return inputShapes;
    }

    private NDArray mask(NDManager manager, Shape shape, SplittableRandom source) {
        float[] mask = new float[Math.toIntExact(shape.size())];
        fill(mask, current, (float) (1 / (1 - current)), source);
        return manager.create(mask, shape);
    }

    /**
     * Fills a mask.
     *
     * @param probability of a 0, exact to 1/65536
     * @param kept what the others are
     */
    public static void fill(float[] mask, double probability, float kept, SplittableRandom random) {
        int limit = (int) Math.round(probability * (1 << BITS));
        long bits = 0;
        for (int i = 0; i < mask.length; i++) {
            bits = i % (Long.SIZE / BITS) == 0 ? random.nextLong() : bits >>> BITS;
            mask[i] = (bits & ((1 << BITS) - 1)) < limit ? 0 : kept;
        }
    }
}
