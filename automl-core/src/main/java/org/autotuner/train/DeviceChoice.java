package org.autotuner.train;

/** Where to train. */
public enum DeviceChoice {
    /** The first GPU if the engine sees one, else the CPU. */
    AUTO,
    CPU,
    /** The first GPU; an error where the engine sees none. */
    GPU
}
