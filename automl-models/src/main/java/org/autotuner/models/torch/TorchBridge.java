package org.autotuner.models.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Loads scripts and calls their methods with automatic differentiation, by classes of DJL's PyTorch engine that are not
 * part of its public interface.
 */
final class TorchBridge {

    private TorchBridge() {}

    /**
     * To be called before scripts run on a thread: libtorch keeps these per thread. The graph optimizer makes trainings
     * slower, and more than one thread within an operation makes parallel trainings collapse.
     */
    static void prepareThread() {
        JniUtils.setGradMode(true);
        JniUtils.setGraphExecutorOptimize(false);
        JniUtils.setNumThreads(1);
    }

    /**
     * Compiles a script.
     *
     * @param owner closes it
     * @param archive as {@link TorchScriptArchive} writes it
     * @throws ai.djl.engine.EngineException with libtorch's message and line where the source is wrong
     */
    static Script load(NDManager owner, byte[] archive) {
        try {
            PtSymbolBlock module =
                    JniUtils.loadModule((PtNDManager) owner, new ByteArrayInputStream(archive), false, false);
            return new Script(module);
        } catch (IOException e) {
            throw new UncheckedIOException("A script in memory could not be read.", e);
        }
    }

    /** A compiled script; for one thread at a time. */
    static final class Script implements AutoCloseable {

        private final PtSymbolBlock module;

        private Script(PtSymbolBlock module) {
            this.module = module;
        }

        /**
         * Calls a method. DJL passes tensors only and knows their grouping by their names: those named {@code word[]} form
         * a list, one named {@code module_method:NAME} chooses the method.
         *
         * @param owner of the results
         * @param arguments an {@link NDArray} for a tensor, a non-empty {@link NDList} for a list of tensors, in order
         */
        NDList call(NDManager owner, String method, Iterable<?> arguments) {
            NDList inputs = new NDList();
            try (NDArray chosen = owner.zeros(new Shape(1))) {
                chosen.setName("module_method:" + method);
                inputs.add(chosen); // the results get the manager of the first input
                int number = 0;
                for (Object argument : arguments) {
                    if (argument instanceof NDArray array) {
                        array.setName(null);
                        inputs.add(array);
                    } else {
                        NDList list = (NDList) argument;
                        if (list.isEmpty()) {
                            throw new IllegalArgumentException("Argument %d is an empty list.".formatted(number));
                        }
                        for (NDArray array : list) {
                            array.setName("a" + number + "[]");
                            inputs.add(array);
                        }
                    }
                    number++;
                }
                return IValueUtils.forward(module, inputs, true);
            }
        }

        @Override
        public void close() {
            module.close();
        }
    }
}
