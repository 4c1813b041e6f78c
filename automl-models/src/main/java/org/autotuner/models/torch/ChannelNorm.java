package org.autotuner.models.torch;

/**
 * Batch normalisation of planes (Ioffe and Szegedy, arXiv 1502.03167), with PyTorch's constants as {@link BatchNorm}, and the
 * names of PyTorch's layer: {@code name.weight}, {@code name.bias}, {@code name.running_mean}, {@code name.running_var}.
 *
 * @param weight initial factors
 * @param bias initial shifts
 * @param mean initial running means
 * @param variance initial running variances
 * @param isFixed whether the running statistics stay and are used while training, too
 */
public record ChannelNorm(
        String name, int channels, Start weight, Start bias, Start mean, Start variance, boolean isFixed)
        implements Layer {

    public static ChannelNorm of(String name, int channels) {
        return new ChannelNorm(
                name, channels, Start.constant(1), Start.constant(0), Start.constant(0), Start.constant(1), false);
    }

    @Override
    public void write(ScriptWriter script) {
        String scale = script.parameter(name + ".weight", weight, channels);
        String shift = script.parameter(name + ".bias", bias, channels);
        String means = script.statistic(name + ".running_mean", mean, channels);
        String variances = script.statistic(name + ".running_var", variance, channels);
        script.line(
                "h = torch.batch_norm(h, %s, %s, %s, %s, %s, 0.1, 1e-05, False)",
                scale, shift, means, variances, script.isTraining() && !isFixed ? "True" : "False");
        script.fresh(true); // its gradient needs its input only
    }
}
