package org.autotuner.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import org.autotuner.error.FamilyUnavailableException;
import org.autotuner.error.OptionException;

/** The engine and its devices. */
final class Devices {

    private static final String ENGINE = "PyTorch";

    private Devices() {}

    /**
     * The engine that trains.
     *
     * @throws FamilyUnavailableException if its native library is missing; nothing is downloaded
     */
    static Engine engine() {
        TorchLibrary.here().problem().ifPresent(text -> {
            throw new FamilyUnavailableException(text);
        });
        return Engine.getEngine(ENGINE);
    }

    /**
     * Where to train.
     *
     * @throws OptionException if a GPU was asked for, and there is none
     */
    static Device of(DeviceChoice choice, Engine engine) {
        return of(choice, engine.getGpuCount());
    }

    static Device of(DeviceChoice choice, int gpus) {
        if (choice == DeviceChoice.GPU && gpus == 0) {
            throw new OptionException(
                    "device is GPU, but the PyTorch library that is loaded sees none. Add a CUDA build of it (the guide tells"
                            + " how), or choose AUTO or CPU.");
        }
        return choice == DeviceChoice.CPU || gpus == 0 ? Device.cpu() : Device.gpu(0);
    }
}
