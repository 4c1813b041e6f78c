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
            boolean isInPlace = script.isFresh() && isRectifier();
            script.line(isInPlace ? "h = torch.%s_(h)" : "h = torch.%s(h)", function);
            script.fresh(false);
            return;
        }
        String share = script.networks() > 1
                ? script.parameter(blend, Start.constant(1), 1, script.width())
                : script.parameter(blend, Start.constant(1), script.width());
        script.fresh(false);
        script.line("h = torch.lerp(h, torch.%s(h), %s)", function, share);
    }

    /** Its gradient follows from its value, and a positive factor may go through it. */
    boolean isRectifier() {
        return function.equals("relu") && blend.isEmpty();
    }
}
