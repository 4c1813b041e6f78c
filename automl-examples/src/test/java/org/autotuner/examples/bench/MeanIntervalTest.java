package org.autotuner.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MeanIntervalTest {

    /** Of 400 normal values the mean's 90 % interval is about 1.645 standard errors of 1/20 to each side. */
    @Test
    void theIntervalIsThatOfTheMean() {
        Random random = new Random(1);
        double[] values = random.doubles(400).map(u -> random.nextGaussian()).toArray();
        MeanInterval interval = MeanInterval.of(values, 5_000, new SplittableRandom(1));
        assertThat(interval.mean() - interval.low()).isCloseTo(1.645 / 20, within(0.012));
        assertThat(interval.high() - interval.mean()).isCloseTo(1.645 / 20, within(0.012));
    }

    @Test
    void ofNothingThereIsNone() {
        assertThat(MeanInterval.of(new double[0], 10, new SplittableRandom(1)).mean())
                .isNaN();
    }
}
