package org.autotuner.models.torch;

import org.autotuner.train.UpdateRule;

/**
 * The update rules in TorchScript, for one group of parameters {@code wG} with gradients {@code dG}, moments {@code mG},
 * {@code vG} and step counters {@code tG}. An operator that writes to a list must be given a list that is the method's own
 * argument: on one made in the script the compiler removes it without a word.
 */
final class UpdateScript {

    private UpdateScript() {}

    static String of(UpdateRule rule, int group, ParameterGroups.Group own) {
        String rate = own.rateFactor() == 1 ? "lr" : "lr * " + own.rateFactor();
        if (rule instanceof UpdateRule.AdamW adam) {
            return fused(
                    "adamw", group, rate, adam.beta1(), adam.beta2(), adam.epsilon(), adam.decay() * own.decayFactor());
        }
        if (rule instanceof UpdateRule.Adam adam) {
            return fused(
                    "adam", group, rate, adam.beta1(), adam.beta2(), adam.epsilon(), adam.decay() * own.decayFactor());
        }
        UpdateRule.Sgd sgd = (UpdateRule.Sgd) rule;
        return """
                      for i in range(len(wG)):
                        g = torch.add(dG[i], wG[i], alpha=DECAY * share)
                        torch.add_(torch.mul_(mG[i], MOMENTUM), g)
                        torch.add_(wG[i], NEXT, alpha=-(RATE))
                """
                .replace("NEXT", sgd.nesterov() ? "torch.add(g, mG[i], alpha=MOMENTUM)" : "mG[i]")
                .replace("MOMENTUM", String.valueOf(sgd.momentum()))
                .replace("DECAY", String.valueOf(sgd.decay() * own.decayFactor()))
                .replace("RATE", rate)
                .replace("G[", group + "[")
                .replace("wG)", "w" + group + ")");
    }

    private static String fused(
            String name, int group, String rate, double beta1, double beta2, double epsilon, double decay) {
        return """
                      torch._foreach_add_(tG, 1.)
                      torch._fused_NAME_(wG, dG, mG, vG, empty, tG, lr=RATE, beta1=%s, beta2=%s, weight_decay=%s * share, eps=%s, amsgrad=False, maximize=False)
                """
                .formatted(beta1, beta2, decay, epsilon)
                .replace("NAME", name)
                .replace("RATE", rate)
                .replaceAll("([wdmvt])G", "$1" + group);
    }
}
