package org.autotuner.examples.bench.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NoiseTest {

    /** SplitMix64's published first outputs for the seeds 0 and 1. */
    @Test
    void bitsAreThoseOfSplitMix() {
        assertThat(Noise.mix(0)).isEqualTo(0xE220A8397B1DCDAFL);
        assertThat(Noise.mix(1)).isEqualTo(0x910A2DEC89025CC1L);
    }

    /** By hand with Python's integers and math module. */
    @Test
    void valuesAreThoseOfTheDefinition() {
        assertThat(Noise.of(0, 0)).isCloseTo(-1.8941495337446714, within(1e-14));
        assertThat(Noise.of(1, 7)).isCloseTo(-0.8435640332149388, within(1e-14));
        assertThat(Noise.of(19, 199)).isCloseTo(1.388569686045127, within(1e-14));
        assertThat(Noise.of(-3, 5)).isCloseTo(0.3966468874367216, within(1e-14));
    }

    @Test
    void itIsStandardNormal() {
        double[] values =
                IntStream.range(0, 10_000).mapToDouble(t -> Noise.of(5, t)).toArray();
        double mean = IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .average()
                .orElseThrow();
        double square = IntStream.range(0, values.length)
                .mapToDouble(i -> values[i] * values[i])
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(0, within(0.04));
        assertThat(square).isCloseTo(1, within(0.06));
    }
}
