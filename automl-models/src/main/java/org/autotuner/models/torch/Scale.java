package org.autotuner.models.torch;

/** Multiplies every feature by a trained factor, 1 at first (arXiv 2407.04491). */
public record Scale(String name) implements Layer {

    @Override
    public void write(ScriptWriter script) {
        script.fresh(false);
        String factor = script.columns(name, Start.constant(1), script.width());
        script.line("h = h * %s", factor);
    }
}
