package org.autotuner.models.torch;

/** Batch normalisation (Ioffe and Szegedy, arXiv 1502.03167) with PyTorch's constants: momentum 0.1, epsilon 1e-5. */
public record BatchNorm(String name) implements Layer {

    /** Added to the variance. */
    public static final double EPSILON = 1e-5;

    @Override
    public void write(ScriptWriter script) {
        script.fresh(false);
        int width = script.width();
        String scale = script.parameter(name + ".scale", Start.constant(1), width);
        String shift = script.parameter(name + ".shift", Start.constant(0), width);
        String mean = script.statistic(name + ".mean", 0, width);
        String variance = script.statistic(name + ".variance", 1, width);
        String training = script.isTraining() ? "True" : "False";
        String call = "torch.batch_norm(%s, torch.flatten(%s), torch.flatten(%s), torch.view(%s, [-1]),"
                + " torch.view(%s, [-1]), %s, 0.1, 1e-05, False)";
        if (script.networks() == 1) {
            script.line("h = " + call, "h", scale, shift, mean, variance, training);
            return;
        }
        // [networks, rows, width] as [rows, networks x width]: every network has channels of its own
        String rows = script.local();
        script.line("%s = torch.flatten(torch.transpose(h, 0, 1), 1)", rows);
        script.line("%s = " + call, rows, rows, scale, shift, mean, variance, training);
        script.line("h = torch.transpose(torch.view(%s, [-1, %s, %s]), 0, 1)", rows, script.networks(), width);
    }
}
