package org.autotuner.models.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtEngine;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;
import org.autotuner.train.GradientTape;

/**
 * Records on PyTorch in as many threads at once as there are, where DJL's gradient collector allows one: the mode of
 * recording is each thread's own. Each computation has one engine thread, so that trainings side by side do not fight for
 * cores. Both settings are put back afterwards. Stateless and thread-safe.
 */
public final class TorchGradientTape implements GradientTape {

    @Override
    public String engine() {
        return PtEngine.ENGINE_NAME;
    }

    @Override
    public NDArray differentiate(Supplier<NDArray> computation) {
        return within(true, () -> {
            NDArray scalar = computation.get();
            try (NDArray one = scalar.onesLike()) {
                JniUtils.backward((PtNDArray) scalar, (PtNDArray) one, false, false);
            }
            return scalar;
        });
    }

    @Override
    public <T> T compute(Supplier<T> computation) {
        return within(false, computation);
    }

    private static <T> T within(boolean isRecording, Supplier<T> computation) {
        boolean wasRecording = JniUtils.isGradMode();
        int threads = JniUtils.getNumThreads();
        if (threads != 1) {
            JniUtils.setNumThreads(1);
        }
        JniUtils.setGradMode(isRecording);
        try {
            return computation.get();
        } finally {
            JniUtils.setGradMode(wasRecording);
            if (threads != 1) {
                JniUtils.setNumThreads(threads);
            }
        }
    }
}
