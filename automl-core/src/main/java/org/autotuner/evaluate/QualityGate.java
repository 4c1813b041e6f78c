package org.autotuner.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.autotuner.metric.Metric;

/** Conditions that an evaluation must meet, for tests and pipelines. Not thread-safe. */
public final class QualityGate {

    private final Evaluation evaluation;
    private final List<String> failures = new ArrayList<>();

    private QualityGate(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    public static QualityGate that(Evaluation evaluation) {
        return new QualityGate(evaluation);
    }

    /** The metric's value must be at least {@code limit}; NaN fails. */
    public QualityGate atLeast(Metric metric, double limit) {
        return atLeast(metric, limit, 0);
    }

    /** The value may be below the limit by {@code margin}, at least 0. */
    public QualityGate atLeast(Metric metric, double limit, double margin) {
        requireMargin(margin);
        if (!(evaluation.score(metric) >= limit - margin)) {
            fail(metric, "at least", limit, margin);
        }
        return this;
    }

    /** The metric's value must be at most {@code limit}; NaN fails. */
    public QualityGate atMost(Metric metric, double limit) {
        return atMost(metric, limit, 0);
    }

    /** The value may be above the limit by {@code margin}, at least 0. */
    public QualityGate atMost(Metric metric, double limit, double margin) {
        requireMargin(margin);
        if (!(evaluation.score(metric) <= limit + margin)) {
            fail(metric, "at most", limit, margin);
        }
        return this;
    }

    /** The metric must not be worse than in another evaluation by more than {@code margin}. */
    public QualityGate within(Evaluation baseline, Metric metric, double margin) {
        double limit = baseline.score(metric);
        return metric.isHigherBetter() ? atLeast(metric, limit, margin) : atMost(metric, limit, margin);
    }

    /** The error of the default metric must not exceed that of another evaluation by more than {@code margin} x it. */
    public QualityGate within(Evaluation baseline, double margin) {
        requireMargin(margin);
        Metric metric = org.autotuner.metric.Metrics.defaultFor(evaluation.task());
        double error = metric.errorOf(evaluation.score(metric));
        double limit = metric.errorOf(baseline.score(metric));
        if (!(error <= limit + margin * Math.abs(limit))) {
            failures.add(String.format(
                    Locale.ROOT,
                    "error of %s should be at most %.6g (%.6g of the baseline and a margin of %.6g of it), but is %.6g",
                    metric.name(),
                    limit + margin * Math.abs(limit),
                    limit,
                    margin,
                    error));
        }
        return this;
    }

    /**
     * Returns if every condition is met.
     *
     * @throws AssertionError that lists all conditions that are not
     */
    public void verify() {
        if (!failures.isEmpty()) {
            throw new AssertionError("The model misses %d of its quality conditions on %d rows:%n  %s"
                    .formatted(
                            failures.size(), evaluation.rows(), String.join(System.lineSeparator() + "  ", failures)));
        }
    }

    private void fail(Metric metric, String comparison, double limit, double margin) {
        failures.add(String.format(
                Locale.ROOT,
                "%s should be %s %.6g%s, but is %s",
                metric.name(),
                comparison,
                limit,
                margin == 0 ? "" : String.format(Locale.ROOT, " (margin %.6g)", margin),
                evaluation.interval(metric)));
    }

    private static void requireMargin(double margin) {
        if (!(margin >= 0)) {
            throw new IllegalArgumentException("The margin must be at least 0, but is %s.".formatted(margin));
        }
    }
}
