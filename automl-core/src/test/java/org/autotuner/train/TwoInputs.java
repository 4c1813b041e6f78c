package org.autotuner.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.transformer.IdEmbedding;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** Codes through an embedding, beside numbers, into a linear layer. */
final class TwoInputs extends AbstractBlock {

    private static final int WIDTH = 4;

    private final IdEmbedding embedding;
    private final Linear linear;

    TwoInputs(int codes, int outputs) {
        embedding = addChildBlock(
                "codes",
                new IdEmbedding.Builder()
                        .setDictionarySize(codes)
                        .setEmbeddingSize(WIDTH)
                        .build());
        linear = addChildBlock("linear", Linear.builder().setUnits(outputs).build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray codes =
                embedding.forward(store, new NDList(inputs.get(0)), training).get(0);
        return linear.forward(store, new NDList(codes.concat(inputs.get(1), 1)), training);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] shapes) {
        return linear.getOutputShapes(new Shape[] {joined(shapes)});
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
        embedding.initialize(manager, type, shapes[0]);
        linear.initialize(manager, type, joined(shapes));
    }

    private static Shape joined(Shape[] shapes) {
        return new Shape(shapes[1].get(0), WIDTH + shapes[1].get(1));
    }
}
