package org.autotuner.models.image;

import java.util.SplittableRandom;
import org.autotuner.models.torch.RowChange;

/**
 * Changes the images of each step: a crop from the image with a black border of an eighth of its side, perhaps a mirrored one,
 * then a policy; and CutMix (Yun and others, arXiv 1905.04899), a rectangle of the image before. Immutable and thread-safe.
 *
 * @param crops whether images are moved by up to an eighth of their side
 * @param flips whether every other image is mirrored
 * @param cuts whether rectangles are exchanged where rows are mixed; otherwise whole images are blended
 */
record Augmentation(Frame frame, boolean crops, boolean flips, Policy policy, boolean cuts) implements RowChange {

    private static final int BORDER_SHARE = 8;

    /** Whether images reach the network as they are. */
    boolean isNothing() {
        return !crops && !flips && policy instanceof Policy.None && !cuts;
    }

    @Override
    public boolean mixes() {
        return cuts;
    }

    @Override
    public void apply(float[] numbers, int from, int rows, double share, SplittableRandom random) {
        float[] scratch = new float[frame.plane()];
        int across = frame.width() / BORDER_SHARE;
        int down = frame.height() / BORDER_SHARE;
        for (int row = 0; row < rows; row++) {
            int at = from + row * frame.size();
            SplittableRandom own = random.split();
            if (crops) {
                int right = own.nextInt(2 * across + 1) - across;
                int below = own.nextInt(2 * down + 1) - down;
                Warp.shift(numbers, at, frame, right, below, scratch);
            }
            if (flips && own.nextBoolean()) {
                Warp.mirror(numbers, at, frame);
            }
            policy.apply(numbers, at, frame, own, scratch);
        }
        if (cuts && share < 1 && rows > 1) {
            exchange(numbers, from, rows, share, random);
        }
    }

    /** All rows of a step take the same rectangle of the row before, as much of the image as is not their own share. */
    private void exchange(float[] numbers, int from, int rows, double share, SplittableRandom random) {
        double side = Math.sqrt(1 - share);
        int wide = (int) Math.round(frame.width() * side);
        int high = (int) Math.round(frame.height() * side);
        int left = random.nextInt(frame.width() - wide + 1);
        int top = random.nextInt(frame.height() - high + 1);
        float[] last = new float[frame.size()];
        System.arraycopy(numbers, from + (rows - 1) * frame.size(), last, 0, frame.size());
        for (int row = rows - 1; row >= 0; row--) {
            float[] source = row == 0 ? last : numbers;
            int base = row == 0 ? 0 : from + (row - 1) * frame.size();
            for (int channel = 0; channel < frame.channels(); channel++) {
                for (int y = top; y < top + high; y++) {
                    int place = channel * frame.plane() + y * frame.width() + left;
                    System.arraycopy(source, base + place, numbers, from + row * frame.size() + place, wide);
                }
            }
        }
    }
}
