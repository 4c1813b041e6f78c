package org.autotuner.models.torch;

import java.util.List;
import org.autotuner.train.Loss;

/**
 * A loss in TorchScript: {@code out} is [rows, outputs], {@code y} the targets of the same rows. Weights of classes are not
 * its business, nor is the smoothing of binary targets: see {@link NetworkTargets#prepared}.
 *
 * @param hasLabels whether targets are class numbers
 */
record LossScript(Loss loss, int outputs, boolean hasLabels) {

    /** An expression for the mean over the rows of a batch. */
    String mean() {
        // the operator's own mean is quicker than one of its rows
        return loss instanceof Loss.CrossEntropy entropy
                ? entropy(entropy.smoothing(), 1)
                : "torch.mean(" + ofRows() + ")";
    }

    /** An expression for the loss of each row, [rows]. */
    String ofRows() {
        if (loss instanceof Loss.CrossEntropy entropy) {
            return entropy(entropy.smoothing(), 0);
        }
        if (loss instanceof Loss.BinaryCrossEntropy) {
            return "torch.binary_cross_entropy_with_logits(torch.squeeze(out, 1), torch.squeeze(y, 1), None, None, 0)";
        }
        if (loss instanceof Loss.Focal focal) {
            return focal(focal.gamma());
        }
        if (loss instanceof Loss.Huber huber) {
            return rowMeans("torch.huber_loss(out, y, 0, %s)".formatted(huber.delta()));
        }
        if (loss instanceof Loss.Absolute) {
            return rowMeans("torch.l1_loss(out, y, 0)");
        }
        if (loss instanceof Loss.Squared) {
            return rowMeans("torch.mse_loss(out, y, 0)");
        }
        List<Double> levels = ((Loss.Pinball) loss).levels();
        StringBuilder sum = new StringBuilder();
        for (int k = 0; k < levels.size(); k++) {
            sum.append(k == 0 ? "" : " + ")
                    .append("self.pinball(torch.slice(out, 1, %s, %s), torch.slice(y, 1, 0, 1), %s)"
                            .formatted(k, k + 1, levels.get(k)));
        }
        return "torch.squeeze((" + sum + ") / " + (double) levels.size() + ", 1)";
    }

    /** Methods that the expressions call. */
    static String methods() {
        return """
                  def focal(self, entropy: Tensor, gamma: float) -> Tensor:
                    return torch.pow(torch.rsub(torch.exp(torch.neg(entropy)), 1.), gamma) * entropy
                  def focal_shares(self, logs: Tensor, y: Tensor, gamma: float) -> Tensor:
                    rest = torch.clamp(torch.rsub(torch.exp(logs), 1.), 1e-07)
                    return torch.neg(torch.sum(y * torch.pow(rest, gamma) * logs, [1]))
                  def pinball(self, out: Tensor, y: Tensor, level: float) -> Tensor:
                    return torch.maximum((y - out) * level, (y - out) * (level - 1.))
                """;
    }

    private static String entropy(double smoothing, int reduction) {
        return "torch.cross_entropy_loss(out, y, None, %s, -100, %s)".formatted(reduction, smoothing);
    }

    /** Of labels; of shares of the classes; of the share of one class, of which the other is made. */
    private String focal(double gamma) {
        if (hasLabels) {
            return "self.focal(%s, %s)".formatted(entropy(0, 0), gamma);
        }
        String shares = "self.focal_shares(%s, %s, %s)";
        return outputs > 1
                ? shares.formatted("torch.log_softmax(out, 1)", "y", gamma)
                : shares.formatted(
                        "torch.log_sigmoid(torch.cat([out, torch.neg(out)], 1))",
                        "torch.cat([y, torch.rsub(y, 1.)], 1)",
                        gamma);
    }

    private static String rowMeans(String cells) {
        return "torch.mean(" + cells + ", [1])";
    }
}
