package org.autotuner.models.torch;

/**
 * An activation; with a name it is blended with the identity: {@code (1 - a) h + a act(h)}, a per neuron, trained from 1
 * (arXiv 2407.04491).
 *
 * @param function such as {@code relu}, {@code selu}, {@code mish}, {@code gelu}, {@code elu}, {@code silu}
 * @param blend name of the parameter a, or empty
 */
public record Activate(String function, String blend) implements Layer {

    @Override
    public void write(ScriptWriter script) {
        if (blend.isEmpty()) {
            script.line("h = torch.%s(h)", function);
            return;
        }
        String share = script.networks() > 1
                ? script.parameter(blend, Start.constant(1), 1, script.width())
                : script.parameter(blend, Start.constant(1), script.width());
        script.line("h = torch.lerp(h, torch.%s(h), %s)", function, share);
    }
}
