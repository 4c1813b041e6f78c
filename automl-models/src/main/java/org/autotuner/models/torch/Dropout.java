package org.autotuner.models.torch;

/** Drops numbers at random while training; {@code rate} in [0, 1). */
public record Dropout(double rate) implements Layer {

    @Override
    public void write(ScriptWriter script) {
        script.dropout(rate);
    }
}
