package org.autotuner.models.torch;

/**
 * A linear layer: {@code h W * factor + b}, W of shape [in, out].
 *
 * @param name of its parameters {@code name.weight} and {@code name.bias}
 * @param width outputs
 * @param factor of the product: 1, or {@code 1 / sqrt(in)} in the NTK parametrisation
 */
public record Dense(String name, int width, double factor, Start weight, Start bias) implements Layer {

    /** Uniform in +-1/sqrt(in), as PyTorch's linear layer. */
    public static Dense uniform(String name, int in, int out) {
        Start start = Start.uniform(1 / Math.sqrt(in));
        return new Dense(name, out, 1, start, start);
    }

    @Override
    public void write(ScriptWriter script) {
        String matrix = script.parameter(name + ".weight", weight, script.width(), width);
        boolean isBatched = script.networks() > 1;
        String offset = script.columns(name + ".bias", bias, width);
        String alpha = factor == 1 ? "" : ", alpha=" + factor;
        String operator = isBatched ? "torch.baddbmm" : "torch.addmm";
        if (script.isHalf()) {
            script.line(
                    "h = torch.to(%s(torch.to(%s, 15), torch.to(h, 15), torch.to(%s, 15)%s), 6)",
                    operator, offset, matrix, alpha);
        } else {
            script.line("h = %s(%s, h, %s%s)", operator, offset, matrix, alpha);
        }
        script.width(width);
        script.fresh(true);
    }
}
