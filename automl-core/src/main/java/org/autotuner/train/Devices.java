package org.autotuner.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import org.autotuner.error.OptionException;

/** The engine and its devices. Stateless. */
public final class Devices {

    private static final String ENGINE = "PyTorch";

    private Devices() {}

    /**
     * The engine that trains.
     *
     * @throws org.autotuner.error.FamilyUnavailableException if its native library is missing; nothing is downloaded
     */
    public static Engine engine() {
        TorchLibrary.here().require();
        return Engine.getEngine(ENGINE);
    }

    /**
     * Where to train.
     *
     * @throws OptionException if a GPU was asked for, and there is none
     */
    public static Device of(DeviceChoice choice, Engine engine) {
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
