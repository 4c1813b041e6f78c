package org.autotuner.models.torch;

/** The largest number of each window of planes. */
public record LargestOf(int kernel, int stride, int padding) implements Layer {

    @Override
    public void write(ScriptWriter script) {
        script.line(
                "h = torch.max_pool2d(h, [%s, %s], [%s, %s], [%s, %s], [1, 1], False)",
                kernel, kernel, stride, stride, padding, padding);
        script.fresh(false);
    }
}
