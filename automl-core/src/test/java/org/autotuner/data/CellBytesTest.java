package org.autotuner.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Bytes that a cell takes, measured by what making a copy of the column allocates. */
class CellBytesTest {

    private static final int ROWS = 1_000_000;

    @Test
    void numbersTakeFourBytesWhereTheyAreExactAsFloatsAndEightElse() {
        float[] floats = new float[ROWS];
        assertThat(bytesPerCell(() -> NumericColumn.of(floats))).isBetween(3.9, 4.1);
        double[] fine = new double[ROWS];
        Arrays.fill(fine, 0.1);
        assertThat(bytesPerCell(() -> NumericColumn.adopt(null, fine.clone()))).isBetween(7.9, 8.1);
    }

    @Test
    void codesTakeAsFewBytesAsTheLevelsNeed() {
        int[] codes = new int[ROWS];
        List<String> two = List.of("a", "b");
        assertThat(bytesPerCell(() -> CategoricalColumn.of(codes, two))).isBetween(0.9, 4.1);
    }

    private static double bytesPerCell(Supplier<Column> made) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assertThat(made.get().size()).isEqualTo(ROWS);
        long before = threads.getCurrentThreadAllocatedBytes();
        Column column = made.get();
        double bytes = (double) (threads.getCurrentThreadAllocatedBytes() - before) / ROWS;
        assertThat(column.size()).isEqualTo(ROWS);
        return bytes;
    }
}
