package org.autotuner.models.torch;

/**
 * A convolution without bias; W of shape [out, in, kernel, kernel].
 *
 * @param name of its parameter {@code name.weight}
 * @param height of its input
 * @param width of its input
 * @param padding zeros on each side
 */
public record Convolve(
        String name, int in, int out, int kernel, int stride, int padding, int height, int width, Start weight)
        implements Layer {

    /** Normal, scaled for ReLU by the outputs (He and others, arXiv 1502.01852), as torchvision starts ResNets. */
    public static Convolve he(
            String name, int in, int out, int kernel, int stride, int padding, int height, int width) {
        Start start = Start.normal(Math.sqrt(2.0 / (out * kernel * kernel)));
        return new Convolve(name, in, out, kernel, stride, padding, height, width, start);
    }

    /** Height of its output. */
    public int outHeight() {
        return (height + 2 * padding - kernel) / stride + 1;
    }

    /** Width of its output. */
    public int outWidth() {
        return (width + 2 * padding - kernel) / stride + 1;
    }

    @Override
    public void write(ScriptWriter script) {
        String matrix = script.parameter(name + ".weight", weight, out, in, kernel, kernel);
        // weights whose channels lie side by side make all planes lie so: steps take half as long
        String call = "torch.conv2d(%s, torch.contiguous(%s, memory_format=2), None, [%s, %s], [%s, %s], [1, 1], 1)";
        if (script.isHalf()) {
            script.line(
                    "h = torch.to(" + call + ", 6)",
                    "torch.to(h, 15)",
                    "torch.to(" + matrix + ", 15)",
                    stride,
                    stride,
                    padding,
                    padding);
        } else {
            script.line("h = " + call, "h", matrix, stride, stride, padding, padding);
        }
        int pixels = outHeight() * outWidth();
        script.noteWork((long) in * out * kernel * kernel * pixels, Math.max(out * pixels, in * height * width));
        script.width(out * pixels);
        script.fresh(true);
    }
}
