package org.autotuner.models.text;

/** Layer normalisation (Ba, Kiros, Hinton 2016, arXiv 1607.06450) of a token's vector. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LayerNorm(float[] scale, float[] shift, double epsilon) {

    static LayerNorm of(EncoderWeights weights, String name) {
        return new LayerNorm(
                weights.get(name + ".weight").values(),
                weights.get(name + ".bias").values(),
                weights.config().epsilon());
    }

    void apply(float[] x) {
        double sum = 0;
        for (float value : x) {
            sum += value;
        }
        double mean = sum / x.length;
        double squares = 0;
        for (float value : x) {
            squares += (value - mean) * (value - mean);
        }
        float factor = (float) (1 / Math.sqrt(squares / x.length + epsilon));
        float center = (float) mean;
        for (int i = 0; i < x.length; i++) {
            x[i] = (x[i] - center) * factor * scale[i] + shift[i];
        }
    }
}
