package org.autotuner.models.torch;

import java.util.List;

/**
 * Layers whose result is added to what they were given, then ReLU (He and others, arXiv 1512.03385).
 *
 * @param shortcut applied to what is added; empty for nothing
 */
public record Residual(List<Layer> body, List<Layer> shortcut) implements Layer {

    public Residual {
        body = List.copyOf(body);
        shortcut = List.copyOf(shortcut);
    }

    @Override
    public void write(ScriptWriter script) {
        String given = script.local();
        String made = script.local();
        script.line("%s = h", given);
        script.fresh(false);
        body.forEach(layer -> layer.write(script));
        script.line("%s = h", made);
        script.line("h = %s", given);
        script.fresh(false);
        shortcut.forEach(layer -> layer.write(script));
        script.line("h = torch.relu_(%s + h)", made);
        script.fresh(false);
    }
}
