package org.autotuner.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.autotuner.bundle.Node;
import org.junit.jupiter.api.Test;

/** What is no scorer cannot be made, so that every scorer that is made can be written and read again. */
class ScorerArgumentsTest {

    private static final double[] ONE = {1};
    private static final double[] NAN = {Double.NaN};

    @Test
    void constants() {
        wrong("At least one output", ConstantScorer::of);
        wrong("Infinity", () -> ConstantScorer.of(0, Double.POSITIVE_INFINITY));
    }

    @Test
    void linearModels() {
        wrong("intercepts", () -> LinearScorer.of(1, 0, new double[0], new double[0], Link.IDENTITY));
        wrong("weights: 1 values are given, 2", () -> LinearScorer.of(1, 1, ONE, ONE, Link.IDENTITY));
        wrong("intercepts: value 0 is NaN", () -> LinearScorer.of(1, 0, NAN, ONE, Link.IDENTITY));
        wrong("weights: value 1 is NaN", () -> LinearScorer.of(1, 1, ONE, new double[] {0, Double.NaN}, Link.IDENTITY));
    }

    @Test
    void factorizationMachines() {
        wrong("weights", () -> machine(2, 1, ONE, ONE, ONE));
        wrong("factors: 1 values are given, 2", () -> machine(1, 2, ONE, ONE, ONE));
        wrong("rank", () -> machine(1, 0, ONE, ONE, new double[0]));
        wrong("weights", () -> machine(0, 1, ONE, new double[0], new double[0]));
        wrong("intercepts", () -> machine(1, 1, new double[0], new double[0], new double[0]));
        wrong("intercepts: value 0", () -> machine(1, 1, NAN, ONE, ONE));
        wrong("weights: value 0", () -> machine(1, 1, ONE, NAN, ONE));
        wrong("factors: value 0", () -> machine(1, 1, ONE, ONE, NAN));
    }

    private static Scorer machine(int width, int rank, double[] intercepts, double[] weights, double[] factors) {
        return FactorizationMachineScorer.of(width, 0, rank, intercepts, weights, factors, Link.IDENTITY);
    }

    @Test
    void neighbours() {
        float[] data = {1};
        wrong("Width 0", () -> NeighboursScorer.of(0, 1, true, data, 1, ONE));
        wrong("neighbours 0", () -> NeighboursScorer.of(1, 0, true, data, 1, ONE));
        wrong("outputs 0", () -> NeighboursScorer.of(1, 1, true, data, 0, ONE));
        wrong("0 targets", () -> NeighboursScorer.of(1, 1, true, new float[0], 1, new double[0]));
        wrong("3 targets", () -> NeighboursScorer.of(1, 1, true, data, 2, new double[3]));
        wrong("data", () -> NeighboursScorer.of(2, 1, true, data, 1, ONE));
        wrong("targets: value 0", () -> NeighboursScorer.of(1, 1, true, data, 1, NAN));
        NeighboursScorer two = NeighboursScorer.of(1, 1, true, data, 2, new double[2]);
        wrong("one target per row, not 2", () -> two.withQuantiles(0.5));
        NeighboursScorer one = NeighboursScorer.of(1, 1, true, data, 1, ONE);
        wrong("-0.1", () -> one.withQuantiles(-0.1));
        wrong("1.1", () -> one.withQuantiles(0, 1.1));
        wrong("NaN", () -> one.withQuantiles(Double.NaN));
        assertThat(one.withQuantiles(0, 0.5, 0.5, 1).outputs()).isEqualTo(4);
        assertThat(one.withQuantiles(0.1, 0.9).withManhattan().outputs()).isEqualTo(2);
    }

    @Test
    void kernels() {
        wrong("width 0", () -> KernelScorer.regression(0, 1, new float[1], ONE, 0));
        wrong("not finite", () -> KernelScorer.regression(1, 1, new float[1], ONE, Double.NaN));
        wrong("not finite", () -> KernelScorer.regression(1, 1, new float[] {Float.NaN}, ONE, 0));
        wrong("gamma -1.0", () -> KernelScorer.regression(1, -1, new float[1], ONE, 0));
        wrong(
                "At least 2 classes",
                () -> KernelScorer.classification(
                        1, 1, new float[1], new int[] {1}, new double[0], new double[0], ONE, ONE, new int[1], 1));
        // A flat kernel is allowed, and so is no support vector at all.
        assertThat(KernelScorer.regression(1, 0, new float[0], new double[0], 1).outputs())
                .isEqualTo(1);
    }

    @Test
    void votes() {
        wrong("[1, 2]", () -> VotingScorer.of(List.of(ConstantScorer.of(1), ConstantScorer.of(1, 2))));
    }

    @Test
    void trees() {
        wrong("base score", () -> new TreeEnsembleBuilder(1, 2).base(0, Double.NaN));
    }

    @Test
    void scorersKeepTheirNumbersWhenTheCallersArraysChange() {
        double[] values = {0.5};
        float[] vectors = {1};
        List<Scorer> scorers = List.of(
                ConstantScorer.of(values),
                LinearScorer.of(1, 0, values, values, Link.IDENTITY),
                machine(1, 1, values, values, values),
                KernelScorer.regression(1, 1, vectors, values, 0),
                NeighboursScorer.of(1, 1, true, vectors, 1, values),
                new TreeEnsembleBuilder(1, 1).base(values).build());
        List<double[]> before = scorers.stream().map(ScorerArgumentsTest::score).toList();
        values[0] = 9;
        vectors[0] = 7;
        for (int i = 0; i < scorers.size(); i++) {
            assertThat(score(scorers.get(i))).isEqualTo(before.get(i));
        }
    }

    @Test
    void aScorerInAFileOfAnotherTypeIsRefusedByItsName() {
        Node node = Node.root();
        Scorers.write(ConstantScorer.of(1), node);
        node.put("type", "linear");
        assertThatThrownBy(() -> Scorers.read(node)).hasMessageContaining("is absent");
    }

    private static double[] score(Scorer scorer) {
        double[] out = new double[scorer.outputs()];
        scorer.score(TreeEnsembleTest.matrix(1, new float[] {0.25f}).cursor(), out);
        return out;
    }

    static void wrong(String message, Runnable making) {
        assertThatThrownBy(making::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
