package org.autotuner.score;

/** The largest number of each window; padding counts as nothing. */
record MaxPool(int from, int kernel, int stride, int padding) implements ConvolutionStep {

    @Override
    public PlaneShape shape(PlaneShape input) {
        return input.windows(input.channels(), kernel, stride, padding);
    }

    @Override
    public double products(PlaneShape input) {
        return (double) shape(input).size() * kernel * kernel / 4;
    }

    @Override
    public float[][] apply(float[][] input, PlaneShape shape, float[][][] earlier) {
        PlaneShape result = shape(shape);
        float[][] planes = new float[result.channels()][result.plane()];
        for (int channel = 0; channel < planes.length; channel++) {
            for (int y = 0; y < result.height(); y++) {
                for (int x = 0; x < result.width(); x++) {
                    planes[channel][y * result.width() + x] =
                            largest(input[channel], shape, y * stride - padding, x * stride - padding);
                }
            }
        }
        return planes;
    }

    private float largest(float[] plane, PlaneShape shape, int top, int left) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int y = Math.max(0, top); y < Math.min(shape.height(), top + kernel); y++) {
            for (int x = Math.max(0, left); x < Math.min(shape.width(), left + kernel); x++) {
                largest = Math.max(largest, plane[y * shape.width() + x]);
            }
        }
        return largest;
    }
}
