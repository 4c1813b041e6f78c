package org.autotuner.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import org.autotuner.bundle.Node;
import org.autotuner.data.Table;
import org.autotuner.error.BundleException;
import org.autotuner.prepare.NumberPair.Operation;
import org.junit.jupiter.api.Test;

class NumberPairTest {

    private static final double INFINITE = Double.POSITIVE_INFINITY;
    private static final double LARGEST = Double.MAX_VALUE;
    private static final float NAN = Float.NaN;

    private static final Table TABLE = Table.builder()
            .numeric("a", 6, -1, 0, Double.NaN, 5, INFINITE, 5, LARGEST, 1e30)
            .numeric("b", 4, 0, 0, 2, Double.NaN, 2, -INFINITE, LARGEST, 1e30)
            .categorical("c", "x", "y", "x", "y", "x", "y", "x", "y", "x")
            .build();

    private static FittedPlan plan(Operation operation) {
        return new FittedPlan(
                InputColumns.of(TABLE),
                List.of(new NumberPair(operation, 0, 1, List.of(new Feature("result", "a", 0)))));
    }

    private static float[] results(Operation operation) {
        return plan(operation).transform(TABLE).denseArray();
    }

    @Test
    void resultsAreMissingWhereANumberIsOrWhereTheyAreNotFinite() {
        float most = Float.MAX_VALUE;
        assertThat(results(Operation.SUM)).containsExactly(10, -1, 0, NAN, NAN, NAN, NAN, NAN, 2e30f);
        assertThat(results(Operation.DIFFERENCE)).containsExactly(2, -1, 0, NAN, NAN, NAN, NAN, 0, 0);
        // 1e60 is no float: the largest float stands for it, as of a number that is as large in the table.
        assertThat(results(Operation.PRODUCT)).containsExactly(24, -0f, 0, NAN, NAN, NAN, NAN, NAN, most);
        assertThat(results(Operation.RATIO)).containsExactly(1.5f, NAN, NAN, NAN, NAN, NAN, NAN, 1, 1);
    }

    @Test
    void oneFeatureIsWrittenAmongOthers() {
        FittedPlan both = new FittedPlan(
                InputColumns.of(TABLE),
                List.of(
                        new RawNumber(0, List.of(new Feature("a", "a", 0))),
                        new NumberPair(Operation.RATIO, 0, 1, List.of(new Feature("a/b", "a", 0))),
                        new NumberPair(Operation.RATIO, 1, 0, List.of(new Feature("b/a", "b", 0)))));
        assertThat(both.transform(TABLE.rows(new int[] {0, 1})).denseArray())
                .containsExactly(6, 1.5f, 4 / 6f, -1, NAN, -0f);
    }

    @Test
    void writtenAndReadAgainItIsTheSame() {
        for (Operation operation : Operation.values()) {
            Node node = Node.root();
            plan(operation).write(node);
            FittedPlan read = FittedPlan.read(node);
            assertThat(read.features()).containsExactly(new Feature("result", "a", 0));
            assertThat(read.transform(TABLE).denseArray()).containsExactly(results(operation));
        }
    }

    @Test
    void damagedOnesAreRefused() {
        refused("unknown name 'POWER'", node -> node.put("operation", "POWER"));
        refused("firstColumn", node -> node.put("firstColumn", 3));
        refused("firstColumn", node -> node.put("firstColumn", -1));
        refused("secondColumn", node -> node.put("secondColumn", 1.5));
        refused("which is CATEGORICAL and not NUMERIC", node -> node.put("secondColumn", 2));
        refused("2 features instead of 1", node -> node.putTexts("names", List.of("r", "s"))
                .putTexts("sources", List.of("a", "a"))
                .put("cardinalities", new int[2]));
        refused("a result is a category", node -> node.put("cardinalities", new int[] {2}));
    }

    private static void refused(String message, Consumer<Node> damage) {
        Node node = Node.root();
        plan(Operation.SUM).write(node);
        damage.accept(node.nodes("encoders").get(0));
        assertThatThrownBy(() -> FittedPlan.read(node))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(message);
    }
}
