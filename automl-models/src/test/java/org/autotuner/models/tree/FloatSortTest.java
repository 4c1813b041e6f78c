package org.autotuner.models.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatSortTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1_000, 20_000})
    void sortsAsTheLibraryDoes(int count) {
        SplittableRandom random = new SplittableRandom(count);
        float[] values = new float[count + 2];
        for (int i = 0; i < count; i++) {
            float any = Float.intBitsToFloat(random.nextInt());
            values[i] = Float.isNaN(any) ? Float.NEGATIVE_INFINITY : i % 3 == 0 ? random.nextInt(-5, 5) / 2f : any;
        }
        if (count > 3) {
            values[1] = -0f;
            values[2] = Float.POSITIVE_INFINITY;
        }
        values[count] = -7;
        values[count + 1] = -8;
        float[] expected = values.clone();
        Arrays.sort(expected, 0, count);

        FloatSort.sort(values, count);

        assertArrayEquals(expected, values);
    }
}
