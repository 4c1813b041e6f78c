package org.autotuner.models.torch;

/**
 * Piecewise-linear encoding of numbers (Gorishniy and others, arXiv 2203.05556): component j of a number rises from 0 to 1
 * within bin j; the first has no lower and the last no upper limit. Then a linear layer per number. The parameters are {@code
 * numbers.weight} [numbers, bins, size] and {@code numbers.bias}.
 *
 * @param edges of each number's bins, ascending, at least two; shorter rows are padded with bins that stay 0
 * @param size of the embedding
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PiecewiseNumbers(float[][] edges, int size, boolean isRectified) implements NumberLayer {

    @Override
    public int width() {
        return size;
    }

    /** Largest number of bins. */
    public int bins() {
        int most = 1;
        for (float[] one : edges) {
            most = Math.max(most, one.length - 1);
        }
        return most;
    }

    @Override
    public String write(ScriptWriter script, int numbers) {
        int bins = bins();
        float[] low = new float[numbers * bins];
        float[] inverse = new float[numbers * bins];
        float[] least = new float[numbers * bins];
        float[] most = new float[numbers * bins];
        for (int number = 0; number < numbers; number++) {
            float[] own = edges[number];
            for (int bin = 0; bin + 1 < own.length; bin++) {
                int at = number * bins + bin;
                low[at] = own[bin];
                inverse[at] = 1 / (own[bin + 1] - own[bin]);
                least[at] = bin == 0 ? -Float.MAX_VALUE : 0;
                most[at] = bin + 2 == own.length ? Float.MAX_VALUE : 1;
            }
        }
        String from = script.constant("numbers.low", low, numbers, 1, bins);
        String factor = script.constant("numbers.inverse", inverse, numbers, 1, bins);
        String floor = script.constant("numbers.least", least, numbers, 1, bins);
        String ceiling = script.constant("numbers.most", most, numbers, 1, bins);
        Start around = Start.uniform(1 / Math.sqrt(bins));
        String weight = script.parameter("numbers.weight", around, numbers, bins, size);
        String bias = script.parameter("numbers.bias", around, numbers, 1, size);
        String part = script.local();
        script.line("%s = torch.unsqueeze(torch.transpose(x, -2, -1), -1)", part);
        script.line("%s = torch.clamp((%s - %s) * %s, %s, %s)", part, part, from, factor, floor, ceiling);
        script.line("%s = torch.matmul(%s, %s) + %s", part, part, weight, bias);
        if (isRectified) {
            script.line("%s = torch.relu(%s)", part, part);
        }
        script.line("%s = torch.flatten(torch.transpose(%s, -3, -2), -2)", part, part);
        return part;
    }
}
