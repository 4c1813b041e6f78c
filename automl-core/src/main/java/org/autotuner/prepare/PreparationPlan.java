package org.autotuner.prepare;

import org.autotuner.data.Table;
import org.autotuner.error.DataException;
import org.autotuner.prepare.PlanOptions.Extra;
import org.autotuner.prepare.PlanOptions.Model;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;

/**
 * The built-in preparation, composed of options. Immutable and thread-safe.
 *
 * <p>Whatever the options: columns that are constant in training give nothing (if all are, one feature of zeros is
 * made); infinities count as missing; levels seen once are merged from 100 rows on; dates give those of year, month,
 * day, weekday, day of year, hour and epoch day that vary; texts give simple counts and what suits the model: weighted
 * words, pairs of words and runs of 3 to 5 characters to linear models, counts of telling words to trees, topics (latent
 * semantic analysis) to all others and, where they have 6 words or more on average, to trees; rows of weight 0 are
 * prepared but teach nothing.
 */
public final class PreparationPlan implements Preparation {

    private static final int MOST_EMBEDDED_LEVELS = 50_000;

    private final PlanOptions options;

    private PreparationPlan(PlanOptions options) {
        this.options = options;
    }

    /**
     * For trees: numbers as they are with NaN for missing, categories of at most 100 levels as codes (categorical
     * features), others as ordered target statistics and the logarithm of their count, dates expanded, words counted.
     */
    public static PreparationPlan forTrees() {
        return new PreparationPlan(PlanOptions.of(Model.TREES, NumericEncoding.RAW, 100));
    }

    /**
     * For linear models: sparse one-hot with a rare level, sparse weighted words and characters of texts, robustly scaled and imputed
     * numbers with indicators.
     */
    public static PreparationPlan forLinear() {
        return new PreparationPlan(PlanOptions.of(Model.LINEAR, NumericEncoding.ROBUST, 0));
    }

    /** For kernels and neighbours: all dense and scaled, one-hot up to 10 levels, target statistics for more. */
    public static PreparationPlan forKernels() {
        return new PreparationPlan(PlanOptions.of(Model.KERNELS, NumericEncoding.ROBUST, 0));
    }

    /**
     * For networks: numbers scaled and imputed with indicators, one-hot up to 10 levels, codes for more (categorical
     * features, to be embedded).
     */
    public static PreparationPlan forNetworks() {
        return new PreparationPlan(PlanOptions.of(Model.NETWORKS, NumericEncoding.ROBUST, MOST_EMBEDDED_LEVELS));
    }

    /**
     * Adds ordered target statistics of all categories of more than two levels and of whole numbers that behave like
     * categories (they keep their numeric feature), and with {@code pairs} of the at most 30 most telling pairs.
     * Training rows get statistics of other rows only. One column per class (the 12 most frequent) for more than two
     * classes.
     */
    public PreparationPlan withTargetStatistics(boolean pairs) {
        return new PreparationPlan(options.with(Extra.STATISTICS, true).with(Extra.PAIRS, pairs));
    }

    /**
     * Encodes every category as numbers only (no categorical features), for boosters without native categories: dense
     * one-hot up to 10 levels, else the rank by frequency and target statistics.
     */
    public PreparationPlan withoutCodes() {
        return new PreparationPlan(options.withMaxCodes(0).with(Extra.NUMBER_CODES, false));
    }

    /**
     * Encodes every category as codes however many levels it has: for models that make statistics of their own.
     *
     * @param withNumbers whether whole numbers that behave like categories get codes, too, beside their numeric feature, or instead
     *     of it where their order tells next to nothing
     */
    public PreparationPlan withAllCodes(boolean withNumbers) {
        return new PreparationPlan(options.withMaxCodes(Integer.MAX_VALUE).with(Extra.NUMBER_CODES, withNumbers));
    }

    /** Encodes numbers in another way than the default of the model. */
    public PreparationPlan withNumeric(NumericEncoding numbers) {
        return new PreparationPlan(options.withNumbers(numbers));
    }

    /** Leaves out the simple counts of texts (characters, capitals, digits, ...), so that their terms or topics speak alone. */
    public PreparationPlan withoutTextCounts() {
        return new PreparationPlan(options.with(Extra.TEXT_COUNTS, false));
    }

    /**
     * For trees: adds those sums, differences, products and ratios of two numeric columns, at most 24, that tell clearly
     * more about the target than the two columns do one by one; none where there are no such. A result is missing where one of the numbers
     * is, or where it is not finite. Tables of more than 150 numeric columns get none.
     *
     * @throws IllegalStateException if the plan is not for trees
     */
    public PreparationPlan withArithmetic() {
        if (!options.isTrees()) {
            throw new IllegalStateException(
                    "Arithmetic features are for trees. Begin with PreparationPlan.forTrees().");
        }
        return new PreparationPlan(options.with(Extra.ARITHMETIC, true));
    }

    @Override
    public String id() {
        return options.id();
    }

    @Override
    public Prepared fit(Table features, Target target, Weights weights, PrepareContext context) {
        if (features.rowCount() != target.size()) {
            throw new DataException("The table has %d rows, but the target %d. Give the target of the same rows."
                    .formatted(features.rowCount(), target.size()));
        }
        if (features.rowCount() == 0) {
            throw new DataException("There are no training rows to fit the preparation on. Give at least one.");
        }
        return new PlanFitter(new FitInput(features, target, weights, context), options).fit();
    }

    @Override
    public String toString() {
        return id();
    }
}
