package org.autotuner.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.List;
import org.autotuner.error.DataException;

/** Passes of rows through a block whose parameters are held outside. */
final class BlockForward {

    private final Block block;
    private final BlockWeights weights;
    private final NDManager manager;
    private final List<RowArray.Form> forms;
    private final int rows;
    private final List<NDArray> inputs;

    /** With the rows that {@link #outputs} passes, which the manager owns. */
    BlockForward(Block block, BlockWeights weights, NetworkData data, NDManager manager) {
        this.block = block;
        this.weights = weights;
        this.manager = manager;
        this.forms = data.forms();
        this.rows = data.rows();
        this.inputs = data.inputs().stream()
                .filter(input -> input.rows() > 0)
                .map(input -> input.on(manager))
                .toList();
    }

    /** Outputs per row, found out with the first row of some data. */
    int width(NetworkData data) {
        NetworkData first = data.subset(0);
        try (NDManager step = manager.newSubManager()) {
            BlockForward one = new BlockForward(block, weights, first, step);
            return one.outputs(weights.vector(), 1).length;
        } catch (DataException e) {
            throw e;
        } catch (RuntimeException e) { // whatever kind the block or the engine throws
            throw BlockInputs.refusal(forms, e);
        }
    }

    /** The outputs, rows x outputs. */
    NDArray through(BlockWeights.Store store, NDList batch, boolean isTraining) {
        long size = batch.get(0).getShape().get(0);
        NDList all = block.forward(store, batch, isTraining);
        NDArray outputs = all.get(0);
        Shape shape = outputs.getShape();
        boolean fits = all.size() == 1
                && outputs.getDataType() == DataType.FLOAT32
                && (shape.dimension() == 1 || shape.dimension() == 2)
                && shape.get(0) == size;
        if (!fits) {
            throw new DataException(
                    "For %d rows the network gave %d array(s), the first %s of shape %s, but must give one of float32, rows x outputs."
                            .formatted(size, all.size(), outputs.getDataType(), shape));
        }
        return shape.dimension() == 1 ? outputs.reshape(size, 1) : outputs;
    }

    /**
     * The outputs of all rows under a vector of trained weights.
     *
     * @param batch rows at once
     * @return rows x outputs
     */
    float[] outputs(NDArray vector, int batch) {
        float[] all = new float[0];
        for (int first = 0; first < rows; first += batch) {
            int end = Math.min(rows, first + batch);
            try (NDManager step = manager.newSubManager();
                    NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDList some = new NDList();
                for (NDArray input : inputs) {
                    some.add(input.get(first + ":" + end));
                }
                some.attach(step);
                float[] part = through(weights.store(step, vector), some, false).toFloatArray();
                if (first == 0) {
                    all = new float[Math.multiplyExact(part.length / end, rows)];
                }
                System.arraycopy(part, 0, all, first * (part.length / (end - first)), part.length);
            }
        }
        return all;
    }
}
