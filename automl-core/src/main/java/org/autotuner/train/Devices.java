package org.autotuner.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
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
     * Where to train. Whether there is a GPU is what the library itself says: DJL's own count is 0 unless CUDA's runtime
     * (libcudart) lies where JNA looks for it, which a library of one's own need not do.
     *
     * @throws OptionException if a GPU was asked for, and there is none
     */
    public static Device of(DeviceChoice choice, Engine engine) {
        return of(choice, engine.hasCapability(StandardCapabilities.CUDA) ? 1 : 0);
    }

    static Device of(DeviceChoice choice, int gpus) {
        if (choice == DeviceChoice.GPU && gpus == 0) {
            throw new OptionException(
                    "device is GPU, but the PyTorch library that is loaded sees none. Use a CUDA build of it (the guide tells"
                            + " how) and a driver of its CUDA version, or choose AUTO or CPU.");
        }
        return choice == DeviceChoice.CPU || gpus == 0 ? Device.cpu() : Device.gpu(0);
    }
}
