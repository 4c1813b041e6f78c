package org.autotuner.models.neural;

import java.util.Optional;

/** Whether networks can be trained on this machine. */
final class TorchAdvice {

    private TorchAdvice() {}

    /** What to add to the class path; empty if PyTorch's native library is there. */
    static Optional<String> problem() {
        return TorchAdvice.class.getClassLoader().getResource("native/lib/pytorch.properties") == null
                ? Optional.of(
                        "PyTorch's native library is missing: add ai.djl.pytorch:pytorch-native-cpu:2.7.1 with the"
                                + " classifier of your platform, such as linux-x86_64.")
                : Optional.empty();
    }
}
