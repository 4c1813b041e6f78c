package org.autotuner.models.tree;

/** One model for all rows: a row's gradient is of a model that has seen the row. */
final class PlainMargins implements OrderMargins {

    private final Margins margins;
    private final double l2;
    private final double learningRate;
    private final short[] leafOf;
    private float[][] gradients = {};
    private float[][] curvatures = {};

    PlainMargins(Margins margins, double l2, double learningRate) {
        this.margins = margins;
        this.l2 = l2;
        this.learningRate = learningRate;
        this.leafOf = new short[margins.rows()];
    }

    @Override
    public void gradients(float[][] intoGradients, float[][] intoCurvatures) {
        gradients = intoGradients;
        curvatures = intoCurvatures;
        margins.beginRound();
        for (int k = 0; k < gradients.length; k++) {
            margins.gradients(k, gradients[k], curvatures[k]);
        }
    }

    @Override
    public double[][] give(RoundGrower.Round grown, Bins bins) {
        double[][] values = new double[gradients.length][];
        for (int k = 0; k < values.length; k++) {
            if (k == 0 || !grown.isShared()) {
                grown.find(bins, k, leafOf);
            }
            double[] steps = margins.steps(k, leafOf, leafOf.length, grown.leaves(k), gradients[k], curvatures[k], l2);
            values[k] = RoundGrower.shrunk(grown, k, steps, leafOf, learningRate);
            margins.add(k, leafOf, values[k]);
        }
        return values;
    }
}
