package org.autotuner.prepare;

import java.util.Arrays;

/**
 * Histograms of oriented gradients (Dalal and Triggs, CVPR 2005, doi 10.1109/CVPR.2005.177): square roots of
 * the numbers; gradients by central differences (edges repeated), of the channel where they are largest; 9 unsigned directions over half a turn; each pixel votes with its
 * magnitude, shared linearly between neighbouring cells and directions; blocks of 2 x 2 cells, overlapping by one, brought to
 * length 1, cut at 0.2 and brought to length 1 again.
 *
 * @param cells along each side, at least 2; the image is divided evenly
 * @param blocks whether each block gives its 36 numbers, (cells - 1)^2 x 36; otherwise each cell gives 9: the mean of what it is
 *     in the blocks that hold it, after Felzenszwalb and others (doi 10.1109/TPAMI.2009.167)
 */
record OrientedGradients(int cells, boolean blocks) {

    static final int DIRECTIONS = 9;

    private static final float CUT = 0.2f;
    private static final float EPSILON = 1e-3f;

    /** Numbers of one image. */
    int size() {
        return blocks ? (cells - 1) * (cells - 1) * 4 * DIRECTIONS : cells * cells * DIRECTIONS;
    }

    /**
     * Describes an image.
     *
     * @param planes channel by channel, numbers from 0 to 1
     * @param out gets {@link #size()} numbers from {@code offset} on
     */
    void describe(float[] planes, ImageSize size, float[] out, int offset) {
        float[] histograms = histograms(planes, size);
        Arrays.fill(out, offset, offset + size(), 0);
        float[] block = new float[4 * DIRECTIONS];
        for (int y = 0; y + 1 < cells; y++) {
            for (int x = 0; x + 1 < cells; x++) {
                for (int corner = 0; corner < 4; corner++) {
                    System.arraycopy(
                            histograms, cell(x, y, corner) * DIRECTIONS, block, corner * DIRECTIONS, DIRECTIONS);
                }
                normalise(block);
                if (blocks) {
                    System.arraycopy(block, 0, out, offset + (y * (cells - 1) + x) * block.length, block.length);
                } else {
                    addToCells(block, x, y, out, offset);
                }
            }
        }
    }

    private int cell(int x, int y, int corner) {
        return (y + corner / 2) * cells + x + corner % 2;
    }

    private void addToCells(float[] block, int x, int y, float[] out, int offset) {
        for (int corner = 0; corner < 4; corner++) {
            int column = x + corner % 2;
            int row = y + corner / 2;
            int sharing = (column == 0 || column == cells - 1 ? 1 : 2) * (row == 0 || row == cells - 1 ? 1 : 2);
            int to = offset + cell(x, y, corner) * DIRECTIONS;
            for (int direction = 0; direction < DIRECTIONS; direction++) {
                out[to + direction] += block[corner * DIRECTIONS + direction] / sharing;
            }
        }
    }

    private static void normalise(float[] block) {
        scale(block);
        for (int i = 0; i < block.length; i++) {
            block[i] = Math.min(CUT, block[i]);
        }
        scale(block);
    }

    private static void scale(float[] block) {
        float squares = EPSILON;
        for (float value : block) {
            squares += value * value;
        }
        float factor = (float) (1 / Math.sqrt(squares));
        for (int i = 0; i < block.length; i++) {
            block[i] *= factor;
        }
    }

    /** cells x cells x directions. */
    private float[] histograms(float[] planes, ImageSize size) {
        float[] histograms = new float[cells * cells * DIRECTIONS];
        int plane = size.width() * size.height();
        float[] roots = new float[plane * size.channels()];
        for (int i = 0; i < roots.length; i++) {
            roots[i] = (float) Math.sqrt(Math.max(0, planes[i]));
        }
        for (int y = 0; y < size.height(); y++) {
            for (int x = 0; x < size.width(); x++) {
                float across = 0;
                float down = 0;
                float largest = 0;
                for (int channel = 0; channel < size.channels(); channel++) {
                    int base = channel * plane + y * size.width();
                    float dx = roots[base + Math.min(size.width() - 1, x + 1)] - roots[base + Math.max(0, x - 1)];
                    float dy = roots[channel * plane + Math.min(size.height() - 1, y + 1) * size.width() + x]
                            - roots[channel * plane + Math.max(0, y - 1) * size.width() + x];
                    if (dx * dx + dy * dy > largest) {
                        largest = dx * dx + dy * dy;
                        across = dx;
                        down = dy;
                    }
                }
                if (largest > 0) {
                    vote(across, down, (float) Math.sqrt(largest), x, y, size, histograms);
                }
            }
        }
        return histograms;
    }

    private void vote(float dx, float dy, float magnitude, int x, int y, ImageSize size, float[] histograms) {
        double angle = Math.atan2(dy, dx) / Math.PI;
        double place = (angle - Math.floor(angle)) * DIRECTIONS - 0.5;
        int direction = (int) Math.floor(place);
        float share = (float) (place - direction);
        int first = Math.floorMod(direction, DIRECTIONS);
        int second = Math.floorMod(direction + 1, DIRECTIONS);
        double column = (x + 0.5) * cells / size.width() - 0.5;
        double row = (y + 0.5) * cells / size.height() - 0.5;
        int left = (int) Math.floor(column);
        int top = (int) Math.floor(row);
        for (int corner = 0; corner < 4; corner++) {
            int cx = left + corner % 2;
            int cy = top + corner / 2;
            if (cx >= 0 && cx < cells && cy >= 0 && cy < cells) {
                double weight = (corner % 2 == 0 ? left + 1 - column : column - left)
                        * (corner / 2 == 0 ? top + 1 - row : row - top);
                int at = (cy * cells + cx) * DIRECTIONS;
                histograms[at + first] += (float) (magnitude * weight * (1 - share));
                histograms[at + second] += (float) (magnitude * weight * share);
            }
        }
    }
}
