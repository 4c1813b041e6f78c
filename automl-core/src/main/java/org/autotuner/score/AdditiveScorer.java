package org.autotuner.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.autotuner.bundle.Node;
import org.autotuner.prepare.FeatureRow;

/**
 * A generalized additive model (Hastie and Tibshirani 1986; with pairs: Lou and others, KDD 2013): a constant and functions of one
 * or two features each add up, then the link is applied. Its functions can be read: {@link #terms()}. Immutable and thread-safe.
 */
public final class AdditiveScorer implements Scorer {

    static final String TYPE = "additive";

    private final int width;
    private final double[] base;
    private final Link link;
    private final List<AdditiveTerm> terms;

    AdditiveScorer(int width, double[] base, Link link, List<AdditiveTerm> terms) {
        this.width = width;
        this.base = base;
        this.link = link;
        this.terms = List.copyOf(terms);
    }

    /**
     * The same function as that of boosted trees, up to rounding; trees of the same features become one function.
     *
     * @return empty if a tree asks for more than two features, takes zeros for missing or is averaged with others, or if the functions would
     *     take more than 2 MB
     */
    public static Optional<AdditiveScorer> of(TreeEnsemble trees) {
        return new AdditiveMerge(trees).merged();
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public int outputs() {
        return base.length;
    }

    @Override
    public int width() {
        return width;
    }

    /** What is added to an output before the link, whatever the row. */
    public double base(int output) {
        return base[output];
    }

    public Link link() {
        return link;
    }

    /** The functions: of single features in their order, those of pairs with a feature behind that of the feature alone. */
    public List<AdditiveTerm> terms() {
        return terms;
    }

    @Override
    public void score(FeatureRow row, double[] out) {
        margins(row, out);
        link.apply(out, base.length);
    }

    /** The sums before the link. */
    public void margins(FeatureRow row, double[] out) {
        System.arraycopy(base, 0, out, 0, base.length);
        float[] cells = row.array();
        int offset = row.offset();
        for (AdditiveTerm term : terms) {
            term.add(cells, offset, out);
        }
    }

    @Override
    public void write(Node node) {
        link.write(node);
        node.put("width", width).put("base", base);
        node.list("terms");
        terms.forEach(term -> term.write(node.append("terms")));
    }

    static final class Codec implements ScorerCodec {

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public Scorer read(Node node) {
            int width = node.integer("width", 0, Checks.MAX_WIDTH);
            double[] base = node.doubles("base");
            Checks.that(base.length > 0, node, "base", "is empty");
            Checks.finite(base, node, "base");
            List<AdditiveTerm> terms = new ArrayList<>();
            node.nodes("terms").forEach(term -> terms.add(AdditiveTerm.read(term, width, base.length)));
            return new AdditiveScorer(width, base, Link.read(node), terms);
        }
    }
}
