package org.autotuner.models.image;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.model.TrainingData;
import org.autotuner.models.torch.Layer;
import org.autotuner.models.torch.NetworkGoal;
import org.autotuner.models.torch.NetworkPlan;
import org.autotuner.models.torch.NetworkRows;
import org.autotuner.models.torch.Planes;
import org.autotuner.models.torch.ScriptLearner;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.ImageBlock;
import org.autotuner.train.TrainingSettings;
import org.jspecify.annotations.Nullable;

/**
 * A configuration made concrete for certain images.
 *
 * @param block the features that are the pixels
 * @param products multiplications per row
 */
record ImageDesign(
        ImageBlock block, NetworkPlan plan, TrainingSettings settings, Augmentation augmentation, double products) {

    private static final int LOOKED_AT = 1_000;
    private static final float LEAST_DEVIATION = 0.02f;

    static Frame frame(ImageBlock block) {
        return new Frame(block.channels(), block.height(), block.width());
    }

    /** A network behind these planes. */
    static ImageDesign of(
            ImageBlock block,
            Planes planes,
            Architecture.Body body,
            double dropout,
            int outputs,
            TrainingSettings settings,
            Augmentation augmentation) {
        List<Layer> layers = new ArrayList<>(List.of(planes));
        layers.addAll(Architecture.whole(body, dropout, outputs));
        NetworkPlan plan = new NetworkPlan(block.size(), 0, layers, outputs, 1, 1);
        return new ImageDesign(block, plan, settings, augmentation, body.products());
    }

    /** Planes that are moved and scaled by the mean and deviation of each channel. */
    static Planes scaling(FeatureMatrix features, ImageBlock block) {
        int plane = block.width() * block.height();
        int step = Math.max(1, features.rows() / LOOKED_AT);
        List<Float> centres = new ArrayList<>();
        List<Float> factors = new ArrayList<>();
        for (int channel = 0; channel < block.channels(); channel++) {
            double sum = 0;
            double squares = 0;
            long count = 0;
            for (int row = 0; row < features.rows(); row += step) {
                int from = row * features.width() + block.from() + channel * plane;
                for (int i = from; i < from + plane; i++) {
                    float value = features.denseArray()[i];
                    if (Float.isFinite(value)) {
                        sum += value;
                        squares += value * value;
                        count++;
                    }
                }
            }
            double mean = count == 0 ? 0 : sum / count;
            double deviation = count == 0 ? 1 : Math.sqrt(Math.max(0, squares / count - mean * mean));
            centres.add((float) mean);
            factors.add(1 / Math.max(LEAST_DEVIATION, (float) deviation));
        }
        return new Planes(block.channels(), block.height(), block.width(), centres, factors);
    }

    /** The pixels of all rows as a network takes them. */
    NetworkRows rows(FeatureMatrix features) {
        int size = block.size();
        float[] pixels = new float[features.rows() * size];
        for (int row = 0; row < features.rows(); row++) {
            System.arraycopy(features.denseArray(), row * features.width() + block.from(), pixels, row * size, size);
        }
        for (int i = 0; i < pixels.length; i++) {
            if (!Float.isFinite(pixels[i])) {
                pixels[i] = 0;
            }
        }
        return new NetworkRows(features.rows(), pixels, new int[0]);
    }

    /** A learner of these rows that can also give its outputs for others. */
    ScriptLearner learner(TrainingData data, NetworkGoal goal, @Nullable FeatureMatrix evaluated) {
        return ScriptLearner.of(
                plan,
                rows(data.features()),
                goal.targets(data),
                evaluated == null ? null : rows(evaluated),
                settings,
                augmentation.isNothing() ? null : augmentation);
    }

    ImageDesign withSeed(long seed) {
        return new ImageDesign(block, plan, settings.withSeed(seed), augmentation, products);
    }
}
