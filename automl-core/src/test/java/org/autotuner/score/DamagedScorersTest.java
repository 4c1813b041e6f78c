package org.autotuner.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.autotuner.bundle.Node;
import org.autotuner.error.BundleException;
import org.junit.jupiter.api.Test;

/** One wrong value in a scorer's file is refused when it is read, and the message names the value. */
class DamagedScorersTest {

    private static final double NAN = Double.NaN;

    @Test
    void constants() {
        Scorer scorer = ConstantScorer.of(0.25, 0.75);
        refused(scorer, "values", node -> node.put("values", new double[0]));
        refused(scorer, "values", node -> node.put("values", new double[] {0, Double.NEGATIVE_INFINITY}));
    }

    @Test
    void linearModels() {
        Scorer scorer = LinearScorer.of(1, 1, new double[] {1, 2}, new double[] {1, 2, 3, 4}, Link.SOFTMAX);
        refused(scorer, "width", node -> node.put("width", -1));
        refused(scorer, "weights", node -> node.put("width", 2));
        refused(scorer, "sparse_width", node -> node.put("sparse_width", -1));
        refused(scorer, "weights", node -> node.put("sparse_width", Integer.MAX_VALUE));
        refused(scorer, "intercepts", node -> node.put("intercepts", new double[0]));
        refused(scorer, "intercepts", node -> node.put("intercepts", new double[] {0, NAN}));
        refused(scorer, "weights", node -> node.put("weights", new double[] {0, 1, 2, NAN}));
        refused(scorer, "weights", node -> node.put("weights", new double[3]));
        refused(scorer, "link", node -> node.put("link", "probit"));
    }

    @Test
    void factorizationMachines() {
        Scorer scorer = FactorizationMachineScorer.of(
                1, 1, 2, new double[] {0}, new double[] {1, 2}, new double[] {1, 2, 3, 4}, Link.IDENTITY);
        refused(scorer, "width", node -> node.put("width", -1));
        refused(scorer, "weights", node -> node.put("width", 2));
        refused(scorer, "sparse_width", node -> node.put("sparse_width", -1));
        refused(scorer, "intercepts", node -> node.put("intercepts", new double[0]));
        refused(scorer, "intercepts", node -> node.put("intercepts", new double[] {NAN}));
        refused(scorer, "weights", node -> node.put("weights", new double[] {NAN, 0}));
        refused(scorer, "factors", node -> node.put("factors", new double[] {0, 0, 0, NAN}));
        refused(scorer, "factors", node -> node.put("factors", new double[3]));
        refused(scorer, "factors", node -> node.put("rank", 1));
        refused(scorer, "rank", node -> node.put("rank", 0));
        refused(scorer, "rank", node -> node.put("rank", 5));
        refused(scorer, "weights", node -> node.put("width", 0)
                .put("sparse_width", 0)
                .put("weights", new double[0])
                .put("factors", new double[0])
                .put("rank", 1));
    }

    @Test
    void additiveModels() {
        AdditiveAxis numbers = AdditiveAxis.numbers(0, new float[] {1, 2});
        AdditiveAxis codes = AdditiveAxis.categories(1, 2);
        Scorer scorer = new AdditiveScorer(
                2,
                new double[] {1, 2},
                Link.SOFTMAX,
                List.of(new AdditiveTerm(List.of(numbers, codes), 2, new double[32])));
        refused(scorer, "width", node -> node.put("width", -1));
        refused(scorer, "feature", node -> node.put("width", 1));
        refused(scorer, "base", node -> node.put("base", new double[0]));
        refused(scorer, "base", node -> node.put("base", new double[] {1, NAN}));
        refused(scorer, "values", node -> node.put("base", new double[] {1}));
        refused(scorer, "link", node -> node.put("link", "probit"));
        refused(scorer, "terms", node -> node.put("terms", 1));
        refused(scorer, "axes", node -> term(node)
                .append("axes")
                .put("feature", 0)
                .put("codes", 1)
                .put("edges", new float[0]));
        refused(scorer, "axes", node -> term(node).list("axes"));
        refused(scorer, "values", node -> term(node).put("values", new double[31]));
        refused(scorer, "values", node -> term(node).put("values", wrong(32)));
        refused(scorer, "edges", node -> axis(node).put("edges", new float[] {2, 2}));
        refused(scorer, "edges", node -> axis(node).put("edges", new float[] {1, Float.NaN}));
        refused(scorer, "edges", node -> axis(node).put("codes", 2));
        refused(scorer, "values", node -> axis(node).put("edges", new float[] {1, 2, 3}));
        refused(scorer, "codes", node -> axis(node).put("codes", -1));
        refused(scorer, "codes", node -> axis(node).put("codes", Integer.MAX_VALUE));
        refused(scorer, "values", node -> axis(node).put("codes", 1 << 24).put("edges", new float[0]));
        refused(scorer, "feature", node -> axis(node).put("feature", 2));
    }

    private static Node term(Node scorer) {
        return scorer.nodes("terms").get(0);
    }

    private static Node axis(Node scorer) {
        return term(scorer).nodes("axes").get(0);
    }

    private static double[] wrong(int count) {
        double[] values = new double[count];
        values[count - 1] = NAN;
        return values;
    }

    @Test
    void neighbours() {
        Scorer scorer = NeighboursScorer.of(2, 3, true, new float[] {0, 1, 2, 3}, 1, new double[] {1, 2});
        refused(scorer, "width", node -> node.put("width", 0));
        refused(scorer, "data", node -> node.put("width", 1));
        refused(scorer, "neighbours", node -> node.put("neighbours", 0));
        refused(scorer, "outputs", node -> node.put("outputs", 0));
        refused(scorer, "targets", node -> node.put("outputs", 3));
        refused(scorer, "data", node -> node.put("data", new float[3]));
        refused(scorer, "targets", node -> node.put("targets", new double[0]));
        refused(scorer, "targets", node -> node.put("targets", new double[] {1, NAN}));
        refused(scorer, "levels", node -> node.put("levels", new double[] {0.5, 1.5}));
        refused(scorer, "levels", node -> node.put("levels", new double[] {0.5})
                .put("outputs", 2)
                .put("data", new float[2]));
        refused(scorer, "manhattan", node -> node.put("manhattan", 1));
    }

    @Test
    void kernels() {
        Scorer classifier = SampleScorers.kernel(new SplittableRandom(1), 2, 3);
        refused(classifier, "width", node -> node.put("width", 0));
        refused(classifier, "rows of the width", node -> node.put("width", 5));
        refused(classifier, "gamma", node -> node.put("gamma", -1.0));
        refused(classifier, "gamma", node -> node.put("gamma", NAN));
        refused(classifier, "gamma", node -> node.put("gamma", Double.POSITIVE_INFINITY));
        refused(classifier, "counts", node -> node.put("counts", new int[] {2, 2, 1}));
        refused(classifier, "counts", node -> node.put("counts", new int[] {4, 3, -1}));
        refused(classifier, "arrays", node -> node.put("counts", new int[] {6}));
        refused(classifier, "arrays", node -> node.put("rho", new double[2]));
        refused(classifier, "arrays", node -> node.put("slopes", new double[2]));
        refused(classifier, "arrays", node -> node.put("shifts", new double[4]));
        refused(classifier, "arrays", node -> node.put("labels", new int[] {0, 1}));
        refused(classifier, "arrays", node -> node.put("coefficients", new double[11]));
        refused(classifier, "labels", node -> node.put("labels", new int[] {0, 1, 3}));
        refused(classifier, "labels", node -> node.put("labels", new int[] {0, 1, -1}));
        refused(classifier, "labels", node -> node.put("labels", new int[] {0, 1, 1}));
        refused(classifier, "outputs", node -> node.put("outputs", 0));
        refused(classifier, "labels", node -> node.put("outputs", 1));
        for (String name : new String[] {"rho", "slopes", "shifts"}) {
            refused(classifier, "not finite", node -> node.put(name, new double[] {0, 1, NAN}));
        }
        float[] vectors = new float[12];
        vectors[11] = Float.POSITIVE_INFINITY;
        refused(classifier, "not finite", node -> node.put("vectors", vectors));

        Scorer regression = KernelScorer.regression(1, 0.5, new float[] {1, 2}, new double[] {1, -1}, 0.5);
        refused(regression, "arrays", node -> node.put("rho", new double[0]));
        refused(regression, "arrays", node -> node.put("slopes", new double[1]));
        refused(regression, "arrays", node -> node.put("coefficients", new double[4]));
        refused(regression, "labels", node -> node.put("outputs", 2));
    }

    @Test
    void votes() {
        Scorer scorer = VotingScorer.of(java.util.List.of(ConstantScorer.of(1, 2), ConstantScorer.of(3, 4)));
        refused(scorer, "parts", node -> node.list("parts"));
        refused(scorer, "parts", node -> Scorers.write(ConstantScorer.of(1), node.append("parts")));
    }

    @Test
    void forests() {
        TreeEnsemble trees = leaves(0, 1, -2);
        Scorer forest = ForestScorer.of(trees, 2, new float[] {0.5f, 0.5f, 1, 0});
        refused(forest, "outputs", node -> node.put("outputs", 0));
        refused(forest, "no rows of", node -> node.put("outputs", 3));
        refused(forest, "a leaf holds 1.0", node -> node.put("table", new float[2]));
        refused(forest, "the table holds NaN", node -> node.put("table", new float[] {0, 0, 0, Float.NaN}));
        refused(forest, "is no ensemble", node -> Scorers.write(ConstantScorer.of(1), node.child("trees")));
        refused(forest, "0 trees of 1", node -> Scorers.write(leaves(), node.child("trees")));
    }

    /** A tree of a single leaf for each of the values. */
    private static TreeEnsemble leaves(double... values) {
        TreeEnsembleBuilder builder = new TreeEnsembleBuilder(1, 1);
        int[] none = {-1};
        for (double value : values) {
            builder.addTree(new int[1], new double[1], none, none, new int[1], null, new double[] {value}, null);
        }
        return builder.build();
    }

    static void refused(Scorer scorer, String message, Consumer<Node> damage) {
        Node whole = Node.root();
        Scorers.write(scorer, whole);
        assertThat(Scorers.read(whole).type()).isEqualTo(scorer.type());
        damage.accept(whole.node("scorer"));
        assertThatThrownBy(() -> Scorers.read(whole))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(message);
    }
}
