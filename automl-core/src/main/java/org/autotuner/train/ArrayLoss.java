package org.autotuner.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The losses as expressions of arrays. Outputs are rows x outputs; targets are labels (int64, one per row), class shares
 * (rows x classes) or values (rows x width), of the outputs' type but for labels.
 */
final class ArrayLoss {

    /** Below it a probability's complement counts as this, so that powers of it have a gradient. */
    private static final float SMALLEST = 1e-7f;

    private final Loss loss;

    ArrayLoss(Loss loss) {
        this.loss = loss;
    }

    /** The mean over rows by their weights, which are those given times those of their classes; 0 where all weigh 0. */
    NDArray mean(NDArray outputs, NDArray targets, @Nullable NDArray rowWeights) {
        if (!loss.isClassification()) {
            return mean(valueLoss(outputs, targets), rowWeights);
        }
        NDArray shares = shares(outputs, targets);
        return mean(classLoss(outputs, shares), weights(shares, rowWeights));
    }

    private static NDArray mean(NDArray losses, @Nullable NDArray weights) {
        return weights == null
                ? losses.mean()
                : losses.mul(weights).sum().div(weights.sum().maximum(Float.MIN_NORMAL));
    }

    /** Class shares of each row: rows x classes, of a single output rows x 1 of class 1. */
    private static NDArray shares(NDArray outputs, NDArray targets) {
        boolean isSingle = outputs.getShape().get(1) == 1;
        DataType type = outputs.getDataType();
        if (targets.getDataType() != DataType.INT64) {
            return isSingle ? targets.get(":, 1:2") : targets;
        }
        return isSingle
                ? targets.toType(type, true).reshape(new Shape(-1, 1))
                : targets.oneHot((int) outputs.getShape().get(1), type);
    }

    private @Nullable NDArray weights(NDArray shares, @Nullable NDArray rowWeights) {
        List<Double> given = loss instanceof Loss.CrossEntropy cross
                ? cross.classWeights()
                : loss instanceof Loss.BinaryCrossEntropy binary ? binary.classWeights() : List.of();
        if (given.isEmpty()) {
            return rowWeights;
        }
        NDArray ofClass;
        if (shares.getShape().get(1) == 1) {
            ofClass = shares.mul(given.get(1) - given.get(0)).add(given.get(0)).reshape(new Shape(-1));
        } else {
            float[] factors = new float[given.size()];
            for (int label = 0; label < factors.length; label++) {
                factors[label] = given.get(label).floatValue();
            }
            NDArray factor = shares.getManager().create(factors).toType(shares.getDataType(), false);
            ofClass = shares.mul(factor).sum(new int[] {1});
        }
        return rowWeights == null ? ofClass : ofClass.mul(rowWeights);
    }

    private NDArray classLoss(NDArray outputs, NDArray shares) {
        if (loss instanceof Loss.CrossEntropy cross) {
            NDArray smooth = smooth(shares, cross.smoothing(), shares.getShape().get(1));
            return smooth.mul(outputs.logSoftmax(1)).sum(new int[] {1}).neg();
        }
        if (loss instanceof Loss.BinaryCrossEntropy binary) {
            NDArray smooth = smooth(shares, binary.smoothing(), 2);
            return Activation.softPlus(outputs).sub(outputs.mul(smooth)).reshape(new Shape(-1));
        }
        double gamma = ((Loss.Focal) loss).gamma();
        if (outputs.getShape().get(1) > 1) {
            NDArray logs = outputs.logSoftmax(1);
            NDArray factor = power(logs.exp().neg().add(1), gamma);
            return shares.mul(factor).mul(logs).sum(new int[] {1}).neg();
        }
        NDArray share = Activation.sigmoid(outputs);
        NDArray ofOne = power(share.neg().add(1), gamma).mul(Activation.softPlus(outputs.neg()));
        NDArray ofZero = power(share, gamma).mul(Activation.softPlus(outputs));
        return shares.mul(ofOne).add(shares.neg().add(1).mul(ofZero)).reshape(new Shape(-1));
    }

    private static NDArray power(NDArray shares, double gamma) {
        return shares.maximum(Scalars.of(shares, SMALLEST)).pow(Scalars.of(shares, gamma));
    }

    private static NDArray smooth(NDArray shares, double smoothing, long classes) {
        return smoothing == 0 ? shares : shares.mul(1 - smoothing).add(smoothing / classes);
    }

    private NDArray valueLoss(NDArray outputs, NDArray targets) {
        NDArray difference = targets.sub(outputs);
        return perOutput(outputs, difference).mean(new int[] {1});
    }

    private NDArray perOutput(NDArray outputs, NDArray difference) {
        if (loss instanceof Loss.Squared) {
            return difference.square();
        }
        if (loss instanceof Loss.Absolute) {
            return difference.abs();
        }
        if (loss instanceof Loss.Huber huber) {
            NDArray size = difference.abs();
            NDArray capped = size.minimum(Scalars.of(size, huber.delta()));
            return Scalars.times(capped.square(), 0.5).add(Scalars.times(size.sub(capped), huber.delta()));
        }
        List<Double> given = ((Loss.Pinball) loss).levels();
        float[] levels = new float[given.size()];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = given.get(i).floatValue();
        }
        NDArray level = outputs.getManager().create(levels).toType(outputs.getDataType(), false);
        return difference.mul(level).maximum(difference.mul(level.sub(1)));
    }
}
