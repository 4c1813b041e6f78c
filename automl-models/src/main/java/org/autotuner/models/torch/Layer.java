package org.autotuner.models.torch;

/** A part of a network: registers its parameters and writes its code. Immutable. */
public interface Layer {

    /** Writes what turns {@code h} into the next {@code h}. Called several times; must do the same each time. */
    void write(ScriptWriter script);
}
