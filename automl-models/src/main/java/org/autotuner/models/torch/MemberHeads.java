package org.autotuner.models.torch;

/** A linear layer of its own for every member; the outputs are {@code [members, rows, outputs]}. */
public record MemberHeads(String name, int members, int outputs) implements Layer {

    @Override
    public void write(ScriptWriter script) {
        script.fresh(false);
        int in = script.width();
        Start start = Start.uniform(1 / Math.sqrt(in));
        String matrix = script.parameter(name + ".weight", start, members, in, outputs);
        String offset = script.parameter(name + ".bias", start, members, 1, outputs);
        script.line("h = torch.baddbmm(%s, torch.view(h, [%s, -1, %s]), %s)", offset, members, in, matrix);
        script.width(outputs);
    }
}
