package org.autotuner.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** A random network computed straight from its definition in double precision, and the same one as a scorer. */
final class ReferenceNetwork {

    enum Spread {
        NONE,
        PERIODIC,
        PERIODIC_LINEAR,
        PIECEWISE,
        PIECEWISE_LINEAR
    }

    private static final int COUNT = 5;
    private static final int LINEAR = 3;

    private final int numbers;
    private final Spread spread;
    private final boolean relu;
    private final boolean raw;
    private final float[] centers;
    private final float[] factors;
    private final double limit;
    private final float[] frequencies;
    private final float[] phases;
    private final List<float[]> edges = new ArrayList<>();
    private final float[] linear;
    private final float[] linearBias;
    private final int[] levels = {4, 0};
    private final int[] widths = {3, 1};
    private final List<float[]> tables = new ArrayList<>();
    private final List<float[]> weights = new ArrayList<>();
    private final List<float[]> biases = new ArrayList<>();
    private final List<float[]> blends = new ArrayList<>();
    private final List<Activation> activations = new ArrayList<>();
    private final List<float[]> scalings = new ArrayList<>();
    private final List<float[]> heads = new ArrayList<>();
    private final List<float[]> headBiases = new ArrayList<>();
    private final double[] scales;
    private final double[] offsets;
    private final Link link;

    ReferenceNetwork(
            SplittableRandom random, int numbers, Spread spread, int[] hidden, int outputs, int members, Link link) {
        this.numbers = numbers;
        this.spread = spread;
        this.link = link;
        relu = random.nextBoolean();
        raw = random.nextBoolean();
        centers = floats(random, numbers, 1);
        factors = floats(random, numbers, 2);
        limit = random.nextBoolean() ? 3 : Double.POSITIVE_INFINITY;
        frequencies = floats(random, numbers * COUNT, 0.6);
        phases = floats(random, numbers * COUNT, Math.PI);
        int components = spread == Spread.NONE ? numbers : numbers * COUNT;
        if (spread == Spread.PIECEWISE || spread == Spread.PIECEWISE_LINEAR) {
            components = 0;
            for (int n = 0; n < numbers; n++) {
                float[] one = floats(random, 2 + random.nextInt(5), 2);
                Arrays.sort(one);
                edges.add(one);
                components += one.length - 1;
            }
        }
        boolean isLinear = spread == Spread.PERIODIC_LINEAR || spread == Spread.PIECEWISE_LINEAR;
        linear = floats(random, isLinear ? components * LINEAR : 0, 1);
        linearBias = floats(random, isLinear ? numbers * LINEAR : 0, 1);
        int width = isLinear ? numbers * LINEAR : components;
        width += raw && spread != Spread.NONE ? numbers : 0;
        for (int c = 0; c < levels.length; c++) {
            tables.add(floats(random, (levels[c] + 1) * widths[c], 1));
            width += widths[c];
        }
        int inputs = width;
        for (int size : hidden) {
            weights.add(floats(random, size * width, 1.5 / Math.sqrt(width)));
            biases.add(floats(random, size, 0.5));
            blends.add(random.nextBoolean() ? floats(random, size, 1.5) : new float[0]);
            activations.add(Activation.values()[random.nextInt(Activation.values().length)]);
            width = size;
        }
        for (int m = 0; m < members; m++) {
            scalings.add(members > 1 ? floats(random, inputs, 1.5) : new float[0]);
            heads.add(floats(random, outputs * width, 1.5 / Math.sqrt(width)));
            headBiases.add(floats(random, outputs, 1));
        }
        scales = random.doubles(outputs, 0.5, 2).toArray();
        offsets = random.doubles(outputs, -1, 1).toArray();
    }

    static float[] floats(SplittableRandom random, int count, double range) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-range, range);
        }
        return values;
    }

    int width() {
        return numbers + levels.length;
    }

    DenseNetwork network() {
        DenseNetworkBuilder builder = DenseNetwork.builder()
                .scaling(centers, factors)
                .softLimit(limit)
                .outputs(scales, offsets)
                .clamp(-2, 2)
                .link(link);
        int[] features = new int[numbers];
        Arrays.setAll(features, n -> n + levels.length);
        builder.numbers(features);
        if (spread != Spread.NONE) {
            boolean periodic = spread == Spread.PERIODIC || spread == Spread.PERIODIC_LINEAR;
            NumberEmbedding embedding = periodic
                    ? NumberEmbedding.periodic(COUNT, frequencies, phases)
                    : NumberEmbedding.piecewiseLinear(edges);
            embedding = linear.length > 0 ? embedding.withLinear(LINEAR, linear, linearBias) : embedding;
            embedding = relu ? embedding.withRelu() : embedding;
            builder.embedding(raw ? embedding.withRaw() : embedding);
        }
        for (int c = 0; c < levels.length; c++) {
            builder.category(c, levels[c], widths[c], tables.get(c));
        }
        for (int i = 0; i < weights.size(); i++) {
            builder.layer(weights.get(i), biases.get(i), activations.get(i), blends.get(i));
        }
        for (int m = 0; m < heads.size(); m++) {
            builder.member(scalings.get(m), heads.get(m), headBiases.get(m));
        }
        return builder.build();
    }

    /** The outputs of a row: categories first, then numbers. */
    double[] outputs(float[] row) {
        List<Double> inputs = new ArrayList<>();
        int component = 0;
        for (int n = 0; n < numbers; n++) {
            double x = (row[levels.length + n] - (double) centers[n]) * factors[n];
            x = Double.isNaN(x) ? 0 : x;
            x = limit == 3 ? x / Math.sqrt(1 + x * x / 9) : x;
            double[] spread = spread(n, x);
            List<Double> values = new ArrayList<>();
            if (linear.length > 0) {
                for (int o = 0; o < LINEAR; o++) {
                    double sum = linearBias[n * LINEAR + o];
                    for (int j = 0; j < spread.length; j++) {
                        sum += spread[j] * linear[(component + j) * LINEAR + o];
                    }
                    values.add(sum);
                }
            } else {
                Arrays.stream(spread).forEach(values::add);
            }
            component += spread.length;
            if (this.spread != Spread.NONE && relu) {
                values.replaceAll(value -> Math.max(0, value));
            }
            if (this.spread != Spread.NONE && raw) {
                values.add(x);
            }
            inputs.addAll(values);
        }
        for (int c = 0; c < levels.length; c++) {
            int place = row[c] >= 0 && row[c] < levels[c] ? 1 + (int) row[c] : 0;
            for (int i = 0; i < widths[c]; i++) {
                inputs.add((double) tables.get(c)[place * widths[c] + i]);
            }
        }
        double[] mean = new double[scales.length];
        for (int m = 0; m < heads.size(); m++) {
            double[] out = member(m, inputs.stream().mapToDouble(value -> value).toArray());
            for (int k = 0; k < mean.length; k++) {
                mean[k] += out[k] / heads.size();
            }
        }
        return mean;
    }

    private double[] spread(int n, double x) {
        if (spread == Spread.NONE) {
            return new double[] {x};
        }
        if (edges.isEmpty()) {
            double[] out = new double[COUNT];
            Arrays.setAll(out, j -> Math.cos(2 * Math.PI * frequencies[n * COUNT + j] * x + phases[n * COUNT + j]));
            return out;
        }
        float[] t = edges.get(n);
        double[] out = new double[t.length - 1];
        for (int j = 0; j < out.length; j++) {
            double share = (x - t[j]) / ((double) t[j + 1] - t[j]);
            share = j > 0 ? Math.max(0, share) : share;
            out[j] = j < out.length - 1 ? Math.min(1, share) : share;
        }
        return out;
    }

    private double[] member(int m, double[] inputs) {
        double[] x = inputs.clone();
        for (int i = 0; i < scalings.get(m).length; i++) {
            x[i] *= scalings.get(m)[i];
        }
        for (int l = 0; l < weights.size(); l++) {
            double[] z = product(weights.get(l), biases.get(l), x);
            for (int o = 0; o < z.length; o++) {
                double a = blends.get(l).length > 0 ? blends.get(l)[o] : 1;
                z[o] = (1 - a) * z[o] + a * DenseNetworkTest.activated(activations.get(l), z[o]);
            }
            x = z;
        }
        double[] out = product(heads.get(m), headBiases.get(m), x);
        for (int k = 0; k < out.length; k++) {
            out[k] = Math.max(-2, Math.min(2, out[k] * scales[k] + offsets[k]));
        }
        link.apply(out, out.length);
        return out;
    }

    private static double[] product(float[] weights, float[] bias, double[] x) {
        double[] out = new double[bias.length];
        for (int o = 0; o < out.length; o++) {
            out[o] = bias[o];
            for (int i = 0; i < x.length; i++) {
                out[o] += weights[o * x.length + i] * x[i];
            }
        }
        return out;
    }
}
