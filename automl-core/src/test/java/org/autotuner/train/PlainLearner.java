package org.autotuner.train;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Fits a constant to values by gradient descent with momentum and noise from the plan's seed, in plain Java: enough state to
 * tell whether a loop treats a learner as it should.
 */
final class PlainLearner implements Learner {

    final List<StepPlan> plans = new ArrayList<>();
    private final float[] values;
    private final int atOnce;
    private float weight;
    private float velocity;
    private long steps;
    private boolean isClosed;
    /** From this step on the loss is NaN. */
    long divergesAt = Long.MAX_VALUE;

    Runnable beforeTraining = () -> {};

    PlainLearner(int atOnce, float... values) {
        this.values = values;
        this.atOnce = atOnce;
    }

    @Override
    public int members() {
        return 1;
    }

    @Override
    public int rows() {
        return values.length;
    }

    @Override
    public int stepsAtOnce() {
        return atOnce;
    }

    @Override
    public double train(StepPlan plan) {
        beforeTraining.run();
        plans.add(plan);
        SplittableRandom random = new SplittableRandom(plan.seed());
        double loss = 0;
        for (int step = 0; step < plan.steps(); step++) {
            float gradient = 0.01f * (float) random.nextGaussian();
            int end = Math.min(plan.order()[0].length, (step + 1) * plan.batch());
            for (int i = step * plan.batch(); i < end; i++) {
                float off = weight - values[plan.order()[0][i]];
                gradient += off;
                loss += off * off;
            }
            velocity = 0.5f * velocity + gradient;
            weight -= (float) plan.rates()[step] * velocity;
            steps++;
            if (steps >= divergesAt) {
                weight = Float.NaN;
                loss = Double.NaN;
            }
        }
        return loss / plan.steps();
    }

    @Override
    public float[] outputs() {
        return new float[] {weight};
    }

    @Override
    public Weights weights() {
        return new Weights(List.of(new float[] {weight}));
    }

    @Override
    public void restore(Weights weights) {
        weight = weights.arrays().get(0)[0];
    }

    @Override
    public LearnerState state() {
        return new LearnerState(List.of(new float[] {weight, velocity}), steps);
    }

    @Override
    public void resume(LearnerState state) {
        weight = state.arrays().get(0)[0];
        velocity = state.arrays().get(0)[1];
        steps = state.steps();
    }

    @Override
    public void close() {
        isClosed = true;
    }

    boolean isClosed() {
        return isClosed;
    }
}
