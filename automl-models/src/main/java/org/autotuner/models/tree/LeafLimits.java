package org.autotuner.models.tree;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What a leaf must keep to so that a tree keeps to the rules of its columns: bounds of its value, which the splits above it along
 * columns with a direction have set half way between both sides (as LightGBM's and XGBoost's basic method), and which columns may
 * still be asked for.
 *
 * @param open groups of columns, see {@link ColumnRules#open}
 */
record LeafLimits(double low, double high, @Nullable BitSet open) {

    static final LeafLimits NONE = new LeafLimits(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, null);

    boolean isBounded() {
        return low > Double.NEGATIVE_INFINITY || high < Double.POSITIVE_INFINITY;
    }

    double clamp(double value) {
        return Math.max(low, Math.min(high, value));
    }

    /**
     * Those of a child.
     *
     * @param left value of the left child, lower numbers
     * @param right value of the right one
     */
    LeafLimits child(ColumnRules rules, int feature, double left, double right, boolean isLeft) {
        BitSet rest = rules.open(open, feature);
        int direction = rules.direction(feature);
        if (direction == 0) {
            return new LeafLimits(low, high, rest);
        }
        double middle = (left + right) / 2;
        return (direction > 0) == isLeft
                ? new LeafLimits(low, Math.min(high, middle), rest)
                : new LeafLimits(Math.max(low, middle), high, rest);
    }
}
