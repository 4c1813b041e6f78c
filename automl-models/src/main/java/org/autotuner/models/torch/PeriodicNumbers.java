package org.autotuner.models.torch;

/**
 * Each number x becomes {@code W cos(2 pi w x + b) + c}, and x itself is appended: PBLD of arXiv 2407.04491 after Gorishniy
 * and others, arXiv 2203.05556. The parameters are {@code numbers.frequency}, {@code numbers.phase}, {@code
 * numbers.weight} [numbers, frequencies, size] and {@code numbers.bias}.
 *
 * @param frequencies per number
 * @param size of the embedding without x
 * @param deviation of the initial frequencies
 * @param starts sees the initial values of each of the four
 */
public record PeriodicNumbers(int frequencies, int size, double deviation, StartFilter starts) implements NumberLayer {

    /** Whose initial values nobody minds. */
    public PeriodicNumbers(int frequencies, int size, double deviation) {
        this(frequencies, size, deviation, (name, drawn) -> drawn);
    }

    /** Passes initial values on. */
    @FunctionalInterface
    public interface StartFilter {

        /**
         * What to take for a parameter.
         *
         * @param name {@code frequency}, {@code phase}, {@code weight} or {@code bias}
         */
        Start of(String name, Start drawn);
    }

    @Override
    public int width() {
        return size + 1;
    }

    @Override
    public String write(ScriptWriter script, int numbers) {
        Start around = Start.uniform(1 / Math.sqrt(frequencies));
        String frequency = parameter(script, "frequency", Start.normal(deviation), numbers, 1, frequencies);
        String phase = parameter(script, "phase", Start.uniform(Math.PI), numbers, 1, frequencies);
        String weight = parameter(script, "weight", around, numbers, frequencies, size);
        String bias = parameter(script, "bias", around, numbers, 1, size);
        String each = script.local();
        String wave = script.local();
        // [.., numbers, rows, 1]
        script.line("%s = torch.unsqueeze(torch.transpose(x, -2, -1), -1)", each);
        script.line("%s = torch.cos(%s * %s * %s + %s)", wave, each, frequency, 2 * Math.PI, phase);
        script.line("%s = torch.cat([torch.matmul(%s, %s) + %s, %s], -1)", wave, wave, weight, bias, each);
        script.line("%s = torch.flatten(torch.transpose(%s, -3, -2), -2)", wave, wave);
        return wave;
    }

    private String parameter(ScriptWriter script, String name, Start drawn, int... shape) {
        return script.parameter("numbers." + name, starts.of(name, drawn), shape);
    }
}
