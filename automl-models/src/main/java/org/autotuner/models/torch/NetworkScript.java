package org.autotuner.models.torch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.autotuner.train.TrainingSettings;

/**
 * The source of a network's two methods: {@code outputs} gives those of rows, {@code run_steps} runs optimizer steps. In a step
 * the weights {@code w} are never part of a graph; detached leaves {@code p} that share their storage are, so that no graph
 * lives on and the update may write to {@code w}. Gradients are made contiguous, since the fused update reads raw memory.
 */
final class NetworkScript {

    private final NetworkPlan plan;
    private final TrainingSettings settings;
    private final boolean hasLabels;
    private final boolean isWeighted;
    private final boolean isBlended;
    private final Registry registry;
    private final List<ParameterGroups.Group> groups;
    private final int sites;
    private final String source;

    /**
     * Writes the source.
     *
     * @param hasLabels whether targets are class numbers
     * @param isWeighted whether rows have weights
     * @param isBlended whether mixup blends the rows here; otherwise they come mixed
     */
    NetworkScript(
            NetworkPlan plan,
            TrainingSettings settings,
            boolean hasLabels,
            boolean isWeighted,
            boolean isBlended,
            boolean half) {
        this.plan = plan;
        this.settings = settings;
        this.hasLabels = hasLabels;
        this.isWeighted = isWeighted;
        this.isBlended = isBlended;
        this.registry = new Registry(plan.networks());
        forward(true, half); // registers what there is
        this.groups = ParameterGroups.of(registry, settings.groups());
        registry.arrange(ParameterGroups.positions(groups));
        ScriptWriter training = forward(true, half);
        this.sites = training.sites() + (hasNoise() ? 1 : 0);
        this.source = LossScript.methods() + net(forward(false, half).code()) + train(training.code());
    }

    Registry registry() {
        return registry;
    }

    List<ParameterGroups.Group> groups() {
        return groups;
    }

    /** Random offsets that a step takes. */
    int sites() {
        return sites;
    }

    boolean hasNoise() {
        return settings.noise() > 0 && plan.numbers() > 0;
    }

    boolean hasLabels() {
        return hasLabels;
    }

    boolean isWeighted() {
        return isWeighted;
    }

    boolean isBlended() {
        return isBlended;
    }

    boolean hasAveraging() {
        return settings.averaging() > 0;
    }

    String source() {
        return source;
    }

    byte[] archive() {
        return TorchScriptArchive.of("Network", source);
    }

    private ScriptWriter forward(boolean isTraining, boolean half) {
        ScriptWriter script = new ScriptWriter(registry, isTraining, isTraining ? "      " : "    ", half);
        boolean isFirst = true;
        for (Layer layer : inWritingOrder(plan.layers())) {
            layer.write(script);
            if (isFirst && isTraining && isBlended && settings.mixup() > 0) {
                script.line("h = h * mix + torch.roll(h, [1], [%s]) * (1. - mix)", plan.networks() > 1 ? 1 : 0);
            }
            isFirst = false;
        }
        return script;
    }

    /** Dropout before a rectifier instead of behind it: relu(m h) = m relu(h), and both can then be done in place. */
    private static List<Layer> inWritingOrder(List<Layer> layers) {
        List<Layer> ordered = new ArrayList<>(layers);
        for (int i = 0; i + 1 < ordered.size(); i++) {
            if (ordered.get(i) instanceof Activate activate
                    && activate.isRectifier()
                    && ordered.get(i + 1) instanceof Dropout) {
                Collections.swap(ordered, i, i + 1);
                i++;
            }
        }
        return ordered;
    }

    private String net(String code) {
        StringBuilder text = new StringBuilder("  def outputs(self, ").append(lists("w"));
        append(text, !registry.statistics().isEmpty(), ", b: List[Tensor]");
        append(text, !registry.constants().isEmpty(), ", q: List[Tensor]");
        append(text, plan.numbers() > 0, ", X: Tensor");
        append(text, plan.codes() > 0, ", C: Tensor");
        text.append(") -> Tensor:\n    p: List[Tensor] = []\n");
        for (int group = 0; group < groups.size(); group++) {
            text.append("    for a in w%s:\n      p.append(a)\n".formatted(group));
        }
        String repeat = plan.networks() > 1 ? "torch.expand(torch.unsqueeze(%s, 0), [%s, -1, -1])" : "%s";
        append(text, plan.numbers() > 0, "    x = " + repeat.formatted("X", plan.networks()) + "\n");
        append(text, plan.codes() > 0, "    c = " + repeat.formatted("C", plan.networks()) + "\n");
        return text.append(code).append("    return h\n").toString();
    }

    private String train(String code) {
        StringBuilder text = new StringBuilder("  def run_steps(self, ");
        List<String> lists = new ArrayList<>(List.of("w", "m", "v", "t"));
        if (hasAveraging()) {
            lists.add("e");
        }
        text.append(lists(lists.toArray(new String[0])));
        append(text, !registry.statistics().isEmpty(), ", b: List[Tensor]");
        append(text, !registry.constants().isEmpty(), ", q: List[Tensor]");
        append(text, plan.numbers() > 0, ", X: Tensor");
        append(text, plan.codes() > 0, ", C: Tensor");
        text.append(", Y: Tensor");
        append(text, isWeighted, ", W: Tensor");
        append(text, sites > 0, ", pools: List[Tensor], offsets: Tensor");
        text.append(", order: Tensor, plan: Tensor, batch_size: Tensor, zero: Tensor) -> Tensor:\n");
        append(text, sites > 0, "    offs: List[int] = offsets.tolist()\n    sites = " + sites + "\n");
        text.append(
                """
                    steps: List[float] = plan.tolist()
                    batch = int(torch.item(batch_size))
                    empty: List[Tensor] = []
                    rows = torch.size(order, 1)
                    total = zero * 1.
                    for k in range(len(steps) // 4):
                      lr = steps[4 * k]
                      mix = steps[4 * k + 1]
                      share = steps[4 * k + 3]
                      index = torch.flatten(torch.slice(order, 1, k * batch, min(k * batch + batch, rows)))
                """);
        String select = plan.networks() > 1
                ? "torch.view(torch.index_select(%s, 0, index), [" + plan.networks() + ", -1, %s])"
                : "torch.index_select(%s, 0, index)";
        append(text, plan.numbers() > 0, "      x = " + select.formatted("X", plan.numbers()) + "\n");
        append(text, plan.codes() > 0, "      c = " + select.formatted("C", plan.codes()) + "\n");
        if (hasNoise()) {
            text.append("      o = offs[k * sites + %s]%n".formatted(sites - 1).replace("\r\n", "\n"));
            text.append("      x = x + torch.view(torch.slice(pools[%s], 0, o, o + torch.numel(x)), torch.size(x))\n"
                    .formatted(registry.pools().size()));
        }
        text.append("      p: List[Tensor] = []\n      trained: List[Tensor] = []\n");
        for (int group = 0; group < groups.size(); group++) {
            text.append(
                    isFrozen(group)
                            ? "      for a in w%s:\n        p.append(a.detach())\n".formatted(group)
                            : "      for a in w%s:\n        r = a.detach().requires_grad_()\n        p.append(r)\n        trained.append(r)\n"
                                    .formatted(group));
        }
        text.append(code).append(loss());
        text.append(
                "      d = [unchecked_cast(Tensor, g).contiguous() for g in torch.autograd.grad([loss], trained)]\n");
        text.append(clip());
        int from = 0;
        for (int group = 0; group < groups.size(); group++) {
            if (isFrozen(group)) {
                continue;
            }
            int to = from + groups.get(group).members().size();
            text.append("      d%s = d[%s:%s]\n".formatted(group, from, to));
            text.append(UpdateScript.of(settings.update(), group, groups.get(group)));
            append(
                    text,
                    hasAveraging(),
                    "      torch._foreach_lerp_(e%s, w%s, 1. - steps[4 * k + 2])\n".formatted(group, group));
            from = to;
        }
        return text.append("      total = total + torch.detach(loss)\n    return total / (len(steps) // 4)\n")
                .toString();
    }

    /** Weights without a rate are never changed, so they need no gradient, which saves two thirds of what they cost. */
    private boolean isFrozen(int group) {
        return groups.get(group).rateFactor() == 0;
    }

    /**
     * Each network's mean loss, summed over the networks, so that every one gets the gradient of its own. Mixed rows have
     * the losses of both, by their shares; the partner of a row is the one before it in the (shuffled) batch, as in
     * {@link #forward}.
     */
    private String loss() {
        int parts = plan.networks() * plan.members();
        StringBuilder text = new StringBuilder();
        text.append("      out = ").append(parts > 1 ? "torch.flatten(h, 0, 1)\n" : "h\n");
        text.append("      y = torch.index_select(Y, 0, index)\n");
        append(text, isWeighted, "      w = torch.index_select(W, 0, index)\n");
        if (plan.members() > 1) {
            String times = hasLabels ? "[%s]" : "[%s, 1]";
            text.append("      y = torch.repeat(y, %s)\n".formatted(times.formatted(plan.members())));
            append(text, isWeighted, "      w = torch.repeat(w, [%s])\n".formatted(plan.members()));
        }
        text.append("      loss = %s\n".formatted(meanLoss()));
        if (settings.mixup() > 0) {
            text.append("      y = %s\n".formatted(hasLabels ? rolled("y") : rolledRows("y")));
            append(text, isWeighted, "      w = %s\n".formatted(rolled("w")));
            text.append("      loss = loss * mix + %s * (1. - mix)\n".formatted(meanLoss()));
        }
        return text.toString();
    }

    /** An expression for the sum of the networks' means over {@code out}, {@code y} and {@code w}. */
    private String meanLoss() {
        LossScript loss = new LossScript(settings.loss(), plan.outputs(), hasLabels);
        if (isWeighted) {
            String view = "torch.sum(torch.view(%%s, [%s, -1]), [1])".formatted(plan.networks());
            return "torch.sum(%s / torch.clamp(%s, 1e-12))"
                    .formatted(view.formatted(loss.ofRows() + " * w"), view.formatted("w"));
        }
        return plan.networks() > 1 ? "%s * %s.".formatted(loss.mean(), plan.networks()) : loss.mean();
    }

    private String rolled(String name) {
        return "torch.flatten(torch.roll(torch.view(%s, [%s, -1]), [1], [1]))"
                .formatted(name, plan.networks() * plan.members());
    }

    private String rolledRows(String name) {
        return "torch.flatten(torch.roll(torch.view(%1$s, [%2$s, -1, torch.size(%1$s, 1)]), [1], [1]), 0, 1)"
                .formatted(name, plan.networks() * plan.members());
    }

    private String clip() {
        if (settings.clipNorm() == 0) {
            return "";
        }
        if (plan.networks() == 1) {
            return """
                          norm = torch.norm(torch.stack(torch._foreach_norm(d, 2.)))
                          d = torch._foreach_mul(d, torch.clamp(%s / (norm + 1e-06), None, 1.))
                    """
                    .formatted(settings.clipNorm());
        }
        return """
                      squares = torch.sum(torch.flatten(d[0] * d[0], 1), [1])
                      for i in range(1, len(d)):
                        squares = squares + torch.sum(torch.flatten(d[i] * d[i], 1), [1])
                      shrink = torch.clamp(%s / (torch.sqrt(squares) + 1e-06), None, 1.)
                      clipped: List[Tensor] = []
                      for g in d:
                        clipped.append(g * torch.view(shrink, [-1] + [1] * (torch.dim(g) - 1)))
                      d = clipped
                """
                .formatted(settings.clipNorm());
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

    private static void append(StringBuilder text, boolean condition, String part) {
        if (condition) {
            text.append(part);
        }
    }
}
