package org.autotuner.models.torch;

import org.autotuner.score.Activation;

/**
 * An activation; with a name it is blended with the identity: {@code (1 - a) h + a act(h)}, a per neuron, trained from 1
 * (arXiv 2407.04491).
 *
 * @param blend name of the parameter a, or empty
 */
public record Activate(Activation function, String blend) implements Layer {

    @Override
    public void write(ScriptWriter script) {
        boolean isInPlace = script.isFresh() && isRectifier();
        script.fresh(false);
        if (blend.isEmpty()) {
            script.line(isInPlace ? "h = torch.%s_(h)" : "h = torch.%s(h)", function.label());
            return;
        }
        String share = script.columns(blend, Start.constant(1), script.width());
        script.line("h = torch.lerp(h, torch.%s(h), %s)", function.label(), share);
    }

    /** Its gradient follows from its value, and a positive factor may go through it. */
    boolean isRectifier() {
        return function == Activation.RELU && blend.isEmpty();
    }
}
