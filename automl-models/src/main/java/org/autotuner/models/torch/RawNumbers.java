package org.autotuner.models.torch;

/** Numbers as they are. */
public record RawNumbers() implements NumberLayer {

    @Override
    public int width() {
        return 1;
    }

    @Override
    public String write(ScriptWriter script, int numbers) {
        return "x";
    }
}
