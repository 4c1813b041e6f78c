package org.autotuner.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.autotuner.bundle.Node;
import org.autotuner.data.CategoricalColumn;
import org.autotuner.data.Table;
import org.autotuner.error.BundleException;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

/** One wrong value in the file of an encoder is refused when it is read, and the message names the value. */
class RefusedEncodersTest {

    private static final float NAN = Float.NaN;

    private static final Table TABLE = Table.builder()
            .numeric("n", 1, 2, 3, 4, 5, Double.NaN)
            .categorical("c", "a", "b", "a", "b", "c", null)
            .text("t", "red apple", "green apple", "red", "green", "red pear", null)
            .build();

    private static Node written(PreparationPlan plan) {
        Node node = Node.root();
        plan.fit(TABLE, Target.ofLabels(0, 1, 0, 1, 0, 1), Weights.none(), RandomTables.context(RandomTables.BINARY, 1))
                .preparation()
                .write(node);
        return node;
    }

    private static Node encoder(Node root, String kind, int column) {
        return root.nodes("encoders").stream()
                .filter(node -> node.text("kind").equals(kind))
                .filter(node -> node.has("first") || node.number("column") == column)
                .findFirst()
                .orElseThrow();
    }

    /** Damages the first encoder of the kind that reads the column. */
    private static void refused(PreparationPlan plan, String kind, int column, String message, Consumer<Node> damage) {
        Node root = written(plan);
        assertThat(FittedPreparations.read(root).features()).isNotNull();
        damage.accept(encoder(root, kind, column));
        assertThatThrownBy(() -> FittedPreparations.read(root))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(message);
    }

    @Test
    void columnsAndFeatures() {
        PreparationPlan plan = PreparationPlan.forTrees();
        refused(plan, RawNumber.KIND, 0, "column", node -> node.put("column", 3));
        refused(plan, RawNumber.KIND, 0, "column", node -> node.put("column", -1));
        refused(plan, RawNumber.KIND, 0, "which is CATEGORICAL and not NUMERIC", node -> node.put("column", 1));
        refused(plan, RawNumber.KIND, 0, "names", node -> node.putTexts("names", List.of("n", "m")));
        refused(plan, RawNumber.KIND, 0, "names", node -> node.put("cardinalities", new int[2]));
        refused(plan, RawNumber.KIND, 0, "cardinalities", node -> node.put("cardinalities", new int[] {-1}));
        refused(plan, RawNumber.KIND, 0, "repeats the feature 'c'", node -> node.putTexts("names", List.of("c")));
        refused(plan, RawNumber.KIND, 0, "2 features instead of 1", node -> node.putTexts("names", List.of("n", "m"))
                .putTexts("sources", List.of("n", "n"))
                .put("cardinalities", new int[2]));
        Node root = written(plan);
        root.putTexts("types", List.of("NUMERIC", "CATEGORICAL"));
        assertThatThrownBy(() -> FittedPreparations.read(root)).hasMessageContaining("2 entries for 3 columns");
        root.putTexts("types", List.of("NUMERIC", "CATEGORICAL", "WORDY"));
        assertThatThrownBy(() -> FittedPreparations.read(root)).hasMessageContaining("unknown name 'WORDY'");
    }

    @Test
    void theKindOfPreparation() {
        Node none = Node.root();
        FittedPreparations.none().write(none);
        FittedPreparation read = FittedPreparations.read(none);
        assertThat(read.features()).isEmpty();
        assertThat(read.sparseWidth()).isZero();
        assertThat(read.transform(TABLE).rows()).isEqualTo(6);
        assertThat(read.transform(TABLE).width()).isZero();
        none.put("kind", "some");
        assertThatThrownBy(() -> FittedPreparations.read(none)).hasMessageContaining("is 'some'");
    }

    @Test
    void scaledNumbers() {
        PreparationPlan plan = PreparationPlan.forKernels();
        refused(plan, ScaledNumbers.KIND, 0, "reads", node -> node.put("reads", "FILM"));
        refused(plan, ScaledNumbers.KIND, 0, "not TEXT", node -> node.put("reads", "TEXT"));
        refused(plan, ScaledNumbers.KIND, 0, "parts", node -> node.put("parts", new int[] {1}));
        refused(plan, ScaledNumbers.KIND, 0, "parts", node -> node.put("parts", new int[] {-1}));
        refused(plan, ScaledNumbers.KIND, 0, "0 entries for 1 parts", node -> node.list("scalings"));
        refused(plan, ScaledNumbers.KIND, 0, "2 features instead of 1", node -> node.put("indicator", false));
        refused(plan, ScaledNumbers.KIND, 0, "fill", node -> node.put("fill", new float[2]));
        refused(plan, ScaledNumbers.KIND, 0, "fill", node -> node.put("fill", new float[] {Float.NEGATIVE_INFINITY}));
        for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            for (String name : List.of("center", "factor")) {
                refused(plan, ScaledNumbers.KIND, 0, "factor", node -> node.nodes("scalings")
                        .get(0)
                        .put(name, wrong));
            }
        }
    }

    @Test
    void quantiles() {
        PreparationPlan plan = PreparationPlan.forKernels().withNumeric(NumericEncoding.QUANTILE);
        double[] five = {1, 2, 3, 4, 5};
        refused(plan, QuantileNumber.KIND, 0, "knots", node -> node.put("knots", new double[] {1, 2, 2, 4, 5}));
        refused(plan, QuantileNumber.KIND, 0, "knots", node -> node.put("knots", new double[] {1, 2, 3, 4, 1.0 / 0}));
        refused(plan, QuantileNumber.KIND, 0, "ranks", node -> node.put("knots", new double[] {1, 2, 3, 4}));
        refused(plan, QuantileNumber.KIND, 0, "ranks", node -> node.put("ranks", five));
        refused(plan, QuantileNumber.KIND, 0, "ranks", node -> node.put("ranks", new double[] {-0.1, 0, 0.1, 0.2, 1}));
        refused(plan, QuantileNumber.KIND, 0, "ranks", node -> node.put("knots", new double[] {1})
                .put("ranks", new double[] {0.5}));
        refused(plan, QuantileNumber.KIND, 0, "3 features instead of 2", node -> node.putTexts(
                        "names", List.of("x", "y", "z"))
                .putTexts("sources", List.of("n", "n", "n"))
                .put("cardinalities", new int[3]));
    }

    @Test
    void levels() {
        PreparationPlan plan = PreparationPlan.forTrees();
        // Unseen, missing and the three levels, as codes of three.
        refused(plan, LevelTable.KIND, 1, "5 numbers instead of 6", node -> node.put("size", 6));
        refused(plan, LevelTable.KIND, 1, "size", node -> node.put("size", 1));
        for (float wrong : new float[] {-1, 3, 0.5f}) {
            refused(
                    plan,
                    LevelTable.KIND,
                    1,
                    "values",
                    node -> node.put("values", new float[] {NAN, NAN, 0, 1, wrong}));
        }
        refused(plan, LevelTable.KIND, 1, "at position 0", node -> node.put("cardinalities", new int[1]));
    }

    @Test
    void oneHots() {
        PreparationPlan plan = PreparationPlan.forKernels();
        refused(plan, OneHot.KIND, 1, "slots", node -> node.put("slots", new int[4]));
        refused(plan, OneHot.KIND, 1, "holds 4, outside -1..3", node -> node.put("slots", new int[] {0, 1, 2, 3, 4}));
        refused(plan, OneHot.KIND, 1, "holds -2", node -> node.put("slots", new int[] {0, 1, 2, 3, -2}));
        refused(plan, OneHot.KIND, 1, "4 features instead of 5", node -> node.put("width", 5));
        refused(PreparationPlan.forLinear(), OneHot.KIND, 1, "width", node -> node.put("width", 0));
        refused(
                PreparationPlan.forLinear(),
                OneHot.KIND,
                1,
                "more than fit",
                node -> node.put("width", Integer.MAX_VALUE - 8));
    }

    @Test
    void words() {
        PreparationPlan plan = PreparationPlan.forLinear();
        int terms = encoder(written(plan), TextTerms.KIND, 2).texts("terms").size();
        refused(plan, TextTerms.KIND, 2, "names a term twice", node -> node.putTexts("terms", List.of("a", "a"))
                .put("idf", new float[] {1, 1}));
        for (float wrong : new float[] {0, -1, NAN}) {
            float[] idf = new float[terms];
            Arrays.fill(idf, 1);
            idf[terms - 1] = wrong;
            refused(plan, TextTerms.KIND, 2, "weights are positive", node -> node.put("idf", idf));
        }
        refused(plan, TextTerms.KIND, 2, "idf", node -> node.put("idf", new float[terms + 1]));
        refused(plan, TextTerms.KIND, 2, "not TEXT", node -> node.put("column", 1));
        refused(PreparationPlan.forTrees(), TextTerms.KIND, 2, "names", node -> node.putTexts("terms", List.of("a"))
                .put("idf", new float[] {1}));
    }

    @Test
    void pairs() {
        int[] first = IntStream.range(0, 3200).map(row -> row % 20).toArray();
        int[] second = IntStream.range(0, 3200).map(row -> row / 20 % 20).toArray();
        List<String> levels = IntStream.range(0, 20).mapToObj(i -> "l" + i).toList();
        Node root = Node.root();
        PreparationPlan.forTrees()
                .withTargetStatistics(true)
                .fit(
                        Table.builder()
                                .column("a", CategoricalColumn.of(first, levels))
                                .column("b", CategoricalColumn.of(second, levels))
                                .build(),
                        Target.ofLabels(IntStream.range(0, 3200)
                                .map(row -> (first[row] + second[row]) % 2)
                                .toArray()),
                        Weights.none(),
                        RandomTables.context(RandomTables.BINARY, 1))
                .preparation()
                .write(root);
        Node node = encoder(root, PairTable.KIND, 0);
        long[] keys = node.longs("combinations").clone();
        assertThat(keys).hasSize(400);
        node.put("combinations", keys);
        keys[1] = keys[0];
        refused(root, "repeats at position 1");
        keys[1] = -1;
        refused(root, "negative or repeats at position 1");
        node.put("combinations", Arrays.copyOf(keys, 1));
        refused(root, "instead of 4");
        node.put("values", new float[] {0, 0, 0, NAN});
        refused(root, "NaN at position 3");
    }

    private static void refused(Node root, String message) {
        assertThatThrownBy(() -> FittedPreparations.read(root))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(message);
    }
}
