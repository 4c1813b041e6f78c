package org.autotuner.models.torch;

/** The mean of each plane; {@code h} is [rows, channels] from here on. */
public record MeanOfPlanes(int channels) implements Layer {

    @Override
    public void write(ScriptWriter script) {
        script.line("h = torch.mean(h, [2, 3])");
        script.width(channels);
        script.fresh(false);
    }
}
