package org.autotuner.models.linear;

/**
 * Sum of the pinball losses of several quantile levels, each with its corner rounded by a parabola of width
 * {@code 2 h}, so that a smooth minimiser applies (convolution smoothing, Fernandes, Guerre and Horta 2021).
 */
final class PinballLoss implements Loss {

    /** Half width of the parabola, in standard deviations of the target: small beside the spread of the residuals. */
    private static final double H = 0.05;

    private final double[] target;
    private final double[] levels;
    private final double[] start;

    /** Loss against standardised targets; {@code start} holds their quantiles. */
    PinballLoss(double[] target, double[] levels, double[] start) {
        this.target = target;
        this.levels = levels;
        this.start = start;
    }

    @Override
    public int outputs() {
        return levels.length;
    }

    @Override
    public double at(int row, double[] z) {
        double sum = 0;
        for (int k = 0; k < z.length; k++) {
            double u = target[row] - z[k];
            double level = levels[k];
            if (u >= H) {
                sum += level * u;
                z[k] = -level;
            } else if (u <= -H) {
                sum += (level - 1) * u;
                z[k] = 1 - level;
            } else {
                sum += (level - 0.5) * u + u * u / (4 * H) + H / 4;
                z[k] = 0.5 - level - u / (2 * H);
            }
        }
        return sum;
    }

    @Override
    public double[] start() {
        return start.clone();
    }
}
