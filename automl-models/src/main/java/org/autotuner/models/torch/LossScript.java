package org.autotuner.models.torch;

import java.util.List;
import org.autotuner.train.Loss;

/** The losses in TorchScript: {@code out} is [rows, outputs], {@code y} the targets of the same rows. */
final class LossScript {

    private LossScript() {}

    /** Whether the mean over a batch without weights is one operator's own. */
    static boolean hasOwnMean(Loss loss) {
        return loss instanceof Loss.CrossEntropy;
    }

    /**
     * An expression for the loss of each row, [rows].
     *
     * @param reduction 0 for each row, 1 for the mean
     */
    static String of(Loss loss, int outputs, int reduction) {
        if (loss instanceof Loss.CrossEntropy entropy) {
            return "torch.cross_entropy_loss(out, y, None, %s, -100, %s)".formatted(reduction, entropy.smoothing());
        }
        if (loss instanceof Loss.BinaryCrossEntropy) {
            return binary();
        }
        if (loss instanceof Loss.Focal focal) {
            String entropy = outputs == 1 ? binary() : "torch.cross_entropy_loss(out, y, None, 0, -100, 0.)";
            return "self.focal(%s, %s)".formatted(entropy, focal.gamma());
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
                  def pinball(self, out: Tensor, y: Tensor, level: float) -> Tensor:
                    return torch.maximum((y - out) * level, (y - out) * (level - 1.))
                """;
    }

    private static String binary() {
        return "torch.binary_cross_entropy_with_logits(torch.squeeze(out, 1), torch.squeeze(y, 1), None, None, 0)";
    }

    private static String rowMeans(String cells) {
        return "torch.mean(" + cells + ", [1])";
    }
}
