package org.autotuner.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.Consumer;
import org.autotuner.bundle.Node;
import org.autotuner.error.BundleException;
import org.autotuner.task.LogTarget;
import org.autotuner.task.TargetTransform;
import org.junit.jupiter.api.Test;

class TransformedScorerTest {

    private static final TargetTransform LOG = new LogTarget(0, 0.5);

    @Test
    void theOutputIsChangedBack() {
        assertThat(output(changed(Math.log(7)))).isCloseTo(7, within(1e-12));
    }

    @Test
    void outputsBeyondTheRangeCountAsItsEnds() {
        assertThat(output(changed(50))).isCloseTo(100, within(1e-9));
        assertThat(output(changed(-50))).isCloseTo(1, within(1e-9));
    }

    /** Residuals of plus and minus log 2 around log 10: 20 and 5, on average 12.5. */
    @Test
    void withResidualsItPredictsTheMean() {
        TransformedScorer scorer = changed(Math.log(10)).withResiduals(-Math.log(2), Math.log(2));
        assertThat(output(scorer)).isCloseTo(12.5, within(1e-9));
    }

    @Test
    void aFileGivesTheSameScorerBack() {
        TransformedScorer scorer = changed(Math.log(10)).withResiduals(-0.3, 0.1, 0.2);
        assertThat(output((TransformedScorer) read(scorer, node -> {}))).isEqualTo(output(scorer));
    }

    @Test
    void damagedOnesAreRefused() {
        refused("high", node -> node.put("high", -9.0));
        refused("low", node -> node.put("low", Double.NaN));
        refused("residuals", node -> node.put("residuals", new double[] {Double.POSITIVE_INFINITY}));
        refused("inner", node -> Scorers.write(ConstantScorer.of(1, 2), node.child("inner")));
        refused("inner", node -> Scorers.write(changed(1), node.child("inner")));
    }

    @Test
    void onlyOneOutputCanBeChanged() {
        assertThatThrownBy(() -> TransformedScorer.of(ConstantScorer.of(1, 2), LOG, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2");
    }

    private static TransformedScorer changed(double output) {
        return TransformedScorer.of(ConstantScorer.of(output), LOG, 0, Math.log(100));
    }

    private static double output(TransformedScorer scorer) {
        double[] out = new double[1];
        scorer.score(TreeEnsembleTest.matrix(1, new float[] {0}).cursor(), out);
        return out[0];
    }

    private static Scorer read(Scorer scorer, Consumer<Node> change) {
        Node node = Node.root();
        Scorers.write(scorer, node);
        change.accept(node.node("scorer"));
        return Scorers.read(node);
    }

    private static void refused(String name, Consumer<Node> damage) {
        assertThatThrownBy(() -> read(changed(1).withResiduals(0.5), damage))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(name);
    }
}
