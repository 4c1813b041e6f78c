package org.autotuner.models.torch;

/**
 * Copies the features for each member, times a trained scaling of its own: what tells members of TabM-mini apart (Gorishniy
 * and others, arXiv 2410.24210). All layers behind it are shared, up to {@link MemberHeads}. One network only.
 */
public record MemberScale(String name, int members, Start start) implements Layer {

    @Override
    public void write(ScriptWriter script) {
        script.fresh(false);
        if (script.networks() > 1) {
            throw new IllegalArgumentException("Networks with members are trained one at a time.");
        }
        String scaling = script.parameter(name, start, members, 1, script.width());
        script.line("h = torch.flatten(torch.unsqueeze(h, 0) * %s, 0, 1)", scaling);
        script.copies(members);
    }
}
