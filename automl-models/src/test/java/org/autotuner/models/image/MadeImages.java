package org.autotuner.models.image;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.budget.Deadline;
import org.autotuner.data.Image;
import org.autotuner.data.ImageColumn;
import org.autotuner.data.Table;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.ImagePreparation;
import org.autotuner.prepare.PrepareContext;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;

/** Noisy stripes: level, upright or slanted, at random places. */
final class MadeImages {

    static final Task TASK = new MulticlassTask("y", List.of("level", "slanted", "upright"));

    private MadeImages() {}

    static TrainingData of(int rows, int side, int channels, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Image> images = new ArrayList<>();
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            labels[row] = random.nextInt(3);
            images.add(image(labels[row], side, channels, random));
        }
        Table table = Table.builder().column("image", ImageColumn.of(images)).build();
        Target target = Target.ofLabels(labels);
        return new TrainingData(
                TASK,
                new ImagePreparation(64)
                        .fit(table, target, Weights.none(), new PrepareContext(TASK, 1, Deadline.never()))
                        .features(),
                target,
                Weights.none(),
                null);
    }

    private static Image image(int label, int side, int channels, SplittableRandom random) {
        byte[] pixels = new byte[side * side * channels];
        int start = random.nextInt(6);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int along = label == 0 ? y : label == 1 ? x + y : x;
                for (int channel = 0; channel < channels; channel++) {
                    int value = ((along + start) / 3 % 2 == 0 ? 180 : 70) + 20 * channel + random.nextInt(50);
                    pixels[(y * side + x) * channels + channel] = (byte) Math.min(255, value);
                }
            }
        }
        return Image.of(side, side, channels, pixels);
    }
}
