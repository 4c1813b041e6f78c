package org.autotuner.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NumberCellsTest {

    @Test
    void everyDecimalIsReadAsTheJdkReadsIt() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 100_000; i++) {
            double value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-8, 12));
            String text = String.format(Locale.ROOT, "%." + random.nextInt(0, 12) + "f", value);
            assertThat(NumberCells.parse(text)).as("seed 4, '%s'", text).isEqualTo(Double.parseDouble(text));
        }
    }

    @Test
    void usualAndUnusualSpellingsAreRead() {
        assertThat(NumberCells.parse("-.5")).isEqualTo(-0.5);
        assertThat(NumberCells.parse("+7.")).isEqualTo(7);
        assertThat(NumberCells.parse("1e-3")).isEqualTo(0.001);
        assertThat(NumberCells.parse("123456789012345678901234567890")).isEqualTo(123456789012345678901234567890.0);
        assertThat(NumberCells.parse("-inf")).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void whatIsNoNumberIsNaN() {
        for (String text : new String[] {"", ".", "-", "1d", "0x1p3", "1,5", "1.2.3", "e", "--1", "1e", "12 3"}) {
            assertThat(NumberCells.parse(text)).as(text).isNaN();
        }
    }

    @Test
    void canonicalTextHasNoNeedlessPoint() {
        assertThat(NumberCells.canonical(3.0)).isEqualTo("3");
        assertThat(NumberCells.canonical(-0.25)).isEqualTo("-0.25");
    }
}
