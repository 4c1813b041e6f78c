package org.autotuner.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.util.List;
import org.autotuner.error.DataException;

/** Gives a block its parameters, for inputs of given forms. */
final class BlockInputs {

    /** What this class set, so that a block that is initialized again gets the weights of the new seed. */
    private record OfSeed(SeededInitializer seeded) implements Initializer {
        @Override
        public NDArray initialize(NDManager manager, Shape shape, DataType type) {
            return seeded.initialize(manager, shape, type);
        }
    }

    private BlockInputs() {}

    /**
     * Initializes the parameters that have no values yet; weights with DJL's initializer get a seeded one.
     *
     * @throws DataException if the block refuses the inputs' shapes
     */
    static void initialize(Block block, NDManager manager, List<RowArray.Form> forms, long seed) {
        OfSeed seeded = new OfSeed(new SeededInitializer(seed, 2));
        block.setInitializer(seeded, BlockInputs::isRandom);
        Shape[] shapes = forms.stream().map(form -> form.withRows(1)).toArray(Shape[]::new);
        try {
            block.initialize(manager, DataType.FLOAT32, shapes);
        } catch (RuntimeException e) { // whatever kind the block throws
            throw refusal(forms, e);
        }
    }

    static DataException refusal(List<RowArray.Form> forms, RuntimeException cause) {
        return new DataException(
                "The network refused inputs whose rows have the shape(s) %s: %s. Mend the network, or the shape of the data."
                        .formatted(forms.stream().map(RowArray.Form::shape).toList(), cause.getMessage()),
                cause);
    }

    private static boolean isRandom(Parameter parameter) {
        Initializer set = parameter.getInitializer();
        return (parameter.getType() == Parameter.Type.WEIGHT && set == Parameter.Type.WEIGHT.getInitializer())
                || (parameter.getType() == Parameter.Type.OTHER && set == null)
                || set instanceof OfSeed;
    }
}
