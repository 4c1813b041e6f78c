package org.autotuner.models.torch;

import java.util.ArrayList;
import java.util.List;

/**
 * The source of two methods: {@code outputs} gives those of texts, {@code step} takes one step of AdamW. Both take the
 * vectors that enter the lowest trained layer, {@code x} [texts, tokens, width], and {@code mask} [texts, tokens], 1 where a
 * token is and 0 where padding or a dropped token is. The sentence vector is the mean over the mask, scaled to the root of
 * its length. As in {@link NetworkScript}, weights are never part of a graph.
 */
final class EncoderScript {

    private final EncoderPlan plan;
    private final List<Group> groups = new ArrayList<>();

    /** Weights that are updated alike, by their numbers. */
    record Group(double rateFactor, boolean isDecayed, List<Integer> members) {}

    EncoderScript(EncoderPlan plan) {
        this.plan = plan;
        List<EncoderPlan.Weight> weights = plan.weights();
        for (int i = 0; i < weights.size(); i++) {
            double factor = plan.rateFactor(weights.get(i));
            boolean isDecayed = weights.get(i).isDecayed();
            Group found = groups.stream()
                    .filter(group -> group.rateFactor() == factor && group.isDecayed() == isDecayed)
                    .findFirst()
                    .orElse(null);
            if (found == null) {
                found = new Group(factor, isDecayed, new ArrayList<>());
                groups.add(found);
            }
            found.members().add(i);
        }
    }

    List<Group> groups() {
        return groups;
    }

    byte[] archive() {
        return TorchScriptArchive.of("Encoder", LossScript.methods() + forward() + outputs() + step());
    }

    private String forward() {
        StringBuilder code = new StringBuilder(
                "  def forward_texts(self, p: List[Tensor], x: Tensor, mask: Tensor, drop: Tensor) -> Tensor:\n");
        line(code, "n = torch.size(x, 0)");
        line(code, "t = torch.size(x, 1)");
        line(code, "away = torch.unsqueeze(torch.unsqueeze(torch.rsub(mask, 1.) * -1e+9, 1), 1)");
        line(code, "h0 = x");
        int at = 0;
        for (int layer = 0; layer < plan.layers(); layer++) {
            String in = "h" + layer;
            int head = plan.width() / plan.heads();
            for (String part : new String[] {"q", "k", "v"}) {
                line(
                        code,
                        "%s = torch.transpose(torch.view(torch.linear(%s, p[%s], p[%s]), [n, t, %s, %s]), 1, 2)",
                        part + layer,
                        in,
                        place(at),
                        place(at + 1),
                        plan.heads(),
                        head);
                at += 2;
            }
            line(
                    code,
                    "a%1$s = torch.softmax(torch.matmul(q%1$s, torch.transpose(k%1$s, 2, 3)) * %2$s + away, 3)",
                    layer,
                    1 / Math.sqrt(head));
            line(
                    code,
                    "c%1$s = torch.reshape(torch.transpose(torch.matmul(a%1$s, v%1$s), 1, 2), [n, t, %2$s])",
                    layer,
                    plan.width());
            line(code, "s%1$s = h%1$s + torch.linear(c%1$s, p[%2$s], p[%3$s])", layer, place(at), place(at + 1));
            line(code, norm("m" + layer, "s" + layer, at + 2));
            line(
                    code,
                    "f%1$s = torch.gelu(torch.linear(m%1$s, p[%2$s], p[%3$s]))",
                    layer,
                    place(at + 4),
                    place(at + 5));
            line(code, "o%1$s = m%1$s + torch.linear(f%1$s, p[%2$s], p[%3$s])", layer, place(at + 6), place(at + 7));
            line(code, norm("h" + (layer + 1), "o" + layer, at + 8));
            at += 10;
        }
        line(code, "u = torch.unsqueeze(mask, 2)");
        line(code, "mean = torch.sum(h%s * u, [1]) / torch.clamp(torch.sum(u, [1]), 1.)", plan.layers());
        line(code, "size = torch.sqrt(torch.clamp(torch.sum(mean * mean, [1], True), 1e-12))");
        line(code, "z = mean / size * %s * drop", Math.sqrt(plan.width()));
        line(code, "return torch.linear(z, p[%s], p[%s])", place(at), place(at + 1));
        return code.toString();
    }

    private String norm(String out, String in, int weight) {
        return "%s = torch.layer_norm(%s, [%s], p[%s], p[%s], %s)"
                .formatted(out, in, plan.width(), place(weight), place(weight + 1), plan.epsilon());
    }

    /** Where a weight lies when the groups' lists are put one behind the other. */
    private int place(int weight) {
        int place = 0;
        for (Group group : groups) {
            int within = group.members().indexOf(weight);
            if (within >= 0) {
                return place + within;
            }
            place += group.members().size();
        }
        throw new IllegalStateException("Weight %d is in no group.".formatted(weight));
    }

    private String outputs() {
        StringBuilder code = new StringBuilder("  def outputs(self, ").append(lists("w"));
        code.append(", x: Tensor, mask: Tensor, drop: Tensor) -> Tensor:\n    p: List[Tensor] = []\n");
        for (int group = 0; group < groups.size(); group++) {
            code.append("    for a in w%s:\n      p.append(torch.detach(a))\n".formatted(group));
        }
        return code.append("    return self.forward_texts(p, x, mask, drop)\n").toString();
    }

    private String step() {
        StringBuilder code = new StringBuilder("  def step(self, ").append(lists("w", "m", "v", "t"));
        code.append(", x: Tensor, mask: Tensor, drop: Tensor, y: Tensor, weight: Tensor, rate: Tensor) -> Tensor:\n");
        code.append("    empty: List[Tensor] = []\n    lr = float(torch.item(rate))\n    p: List[Tensor] = []\n");
        for (int group = 0; group < groups.size(); group++) {
            code.append("    for a in w%s:\n      p.append(a.detach().requires_grad_())\n".formatted(group));
        }
        line(code, "out = self.forward_texts(p, x, mask, drop)");
        line(
                code,
                "loss = torch.sum(%s * weight) / torch.clamp(torch.sum(weight), 1e-12)",
                new LossScript(plan.loss(), plan.outputs(), plan.hasLabels()).ofRows());
        line(code, "d = [unchecked_cast(Tensor, g).contiguous() for g in torch.autograd.grad([loss], p)]");
        line(code, "norm = torch.norm(torch.stack(torch._foreach_norm(d, 2.)))");
        line(code, "d = torch._foreach_mul(d, torch.clamp(%s / (norm + 1e-06), None, 1.))", plan.clipNorm());
        int from = 0;
        for (int group = 0; group < groups.size(); group++) {
            int to = from + groups.get(group).members().size();
            line(code, "d%s = d[%s:%s]", group, from, to);
            line(code, "torch._foreach_add_(t%s, 1.)", group);
            line(
                    code,
                    "torch._fused_adamw_(w%1$s, d%1$s, m%1$s, v%1$s, empty, t%1$s, lr=lr * %2$s, beta1=0.9, beta2=0.999, weight_decay=%3$s, eps=1e-08, amsgrad=False, maximize=False)",
                    group,
                    groups.get(group).rateFactor(),
                    groups.get(group).isDecayed() ? plan.weightDecay() : 0.0);
            from = to;
        }
        line(code, "return torch.detach(loss)");
        return code.toString();
    }

    private String lists(String... names) {
        List<String> parts = new ArrayList<>();
        for (int group = 0; group < groups.size(); group++) {
            for (String name : names) {
                parts.add("%s%s: List[Tensor]".formatted(name, group));
            }
        }
        return String.join(", ", parts);
    }

    /** With {@code %s} for each value: other formats would follow the host's locale. */
    @SuppressWarnings("AnnotateFormatMethod") // checking needs a library that is not worth its place
    private static void line(StringBuilder code, String text, Object... values) {
        code.append("    ")
                .append(values.length == 0 ? text : text.formatted(values))
                .append('\n');
    }
}
