package org.autotuner.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.autotuner.budget.Deadline;
import org.autotuner.data.Column;
import org.autotuner.data.Role;
import org.autotuner.data.Schema;
import org.autotuner.data.Table;
import org.autotuner.error.OptionException;
import org.autotuner.execute.Seeds;
import org.autotuner.execute.StudyData;
import org.autotuner.metric.Metric;
import org.autotuner.metric.Metrics;
import org.autotuner.profile.Profile;
import org.autotuner.profile.ProfileWarning;
import org.autotuner.split.Fold;
import org.autotuner.split.SplitPlan;
import org.autotuner.split.SplitPolicy;
import org.autotuner.task.ClassWeights;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.TaskInference;
import org.autotuner.task.Tasks;
import org.autotuner.task.Weights;

/**
 * Steps 2 to 4 of a fit: what is predicted, what the data looks like, which rows and folds are used.
 *
 * @param features schema of the feature columns, by which rows for prediction are aligned
 * @param taskReason the task in words, and why it was chosen
 * @param validated how trials are validated, and why
 * @param given number of rows given; more than the study's rows if only a sample is searched
 * @param fingerprint of data, task, folds and options that a journal must share
 */
record StudySetup(
        Schema features,
        StudyData data,
        BudgetPlan plan,
        Profile profile,
        List<String> profileWarnings,
        String taskReason,
        String validated,
        int given,
        String fingerprint) {

    private static final double PROFILED_CELLS_PER_SECOND = 3e5;

    static StudySetup of(Table given, SearchSettings settings, Deadline deadline, List<String> warnings) {
        Table asGiven = given.withRole(settings.target(), Role.TARGET);
        PixelColumns pixels = PixelColumns.of(asGiven, settings);
        pixels.note().ifPresent(warnings::add);
        Table all = pixels.combine(Raters.asCategories(asGiven));
        TaskInference inference = task(all, settings);
        Task task = inference.task();
        Metric metric = settings.metric() == null ? Metrics.defaultFor(task) : settings.metric();
        if (!metric.supports(task)) {
            throw new OptionException("The metric '%s' does not fit a %s task. Those that do: %s."
                    .formatted(
                            metric.name(),
                            task.kind(),
                            Metrics.of(task).stream().map(Metric::name).toList()));
        }
        Profile profile = profile(all, settings, deadline);
        List<String> profileWarnings =
                profile.warnings().stream().map(ProfileWarning::toString).toList();
        warnings.addAll(profileWarnings);
        Table usable = all;
        for (Map.Entry<String, Role> role : profile.suggestedRoles().entrySet()) {
            if (usable.schema().field(role.getKey()).role() == Role.FEATURE) {
                usable = usable.withRole(role.getKey(), role.getValue());
            }
        }
        int columns = PixelColumns.width(usable.features());
        BudgetPlan plan =
                BudgetPlan.of(settings.budget(), usable.rowCount(), columns, task.outputs(), settings.folds());
        Table rows = usable;
        List<Fold> folds;
        String validated;
        if (settings.validation() == null) {
            int[] sample = isOrdered(usable)
                    ? null
                    : BudgetPlan.sample(plan.rows(), usable.rowCount(), Seeds.of(settings.seed(), -5));
            rows = sample == null ? usable : usable.rows(sample);
            SplitPlan split = SplitPolicy.choose(rows, plan.folds());
            folds = split.splitter().split(rows, task, Tasks.encode(task, rows), Seeds.of(settings.seed(), -6));
            validated = split.reason();
        } else {
            rows = usable.append(Raters.like(usable, pixels.combine(settings.validation())));
            validated = "validated on the rows given";
            int first = usable.rowCount();
            folds = List.of(new Fold(
                    IntStream.range(0, first).toArray(),
                    IntStream.range(first, rows.rowCount()).toArray()));
        }
        Target target = Tasks.encode(task, rows);
        Weights weights = Tasks.weights(rows);
        if (!settings.classWeights().isEmpty()) {
            weights = ClassWeights.of(settings.classWeights()).apply(task, target, weights);
        }
        ConstraintChecks.check(settings.constraints(), task, rows.features().schema());
        StudyData data = new StudyData(rows.features(), task, target, weights, metric, folds, settings.seed())
                .withConstraints(settings.constraints());
        return new StudySetup(
                rows.schema().features(),
                data,
                plan,
                profile,
                profileWarnings,
                "%s: %s".formatted(task.kind(), inference.reason()),
                validated,
                usable.rowCount(),
                fingerprint(data, settings));
    }

    private static TaskInference task(Table table, SearchSettings settings) {
        String kind = settings.kind();
        String target = settings.target();
        if (settings.positive() != null) {
            return new TaskInference(Tasks.binary(table, target, settings.positive()), "the positive label was given");
        }
        if (kind == null && Raters.rate(table, target)) {
            return new TaskInference(Tasks.regression(table, target), "numbers that users give to items are amounts");
        }
        if (kind == null) {
            return Tasks.infer(table, target);
        }
        if (kind.equals("quantile")) {
            double[] levels = settings.quantiles().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            return new TaskInference(Tasks.quantile(target, levels), "quantiles were asked for");
        }
        return kind.equals("regression")
                ? new TaskInference(Tasks.regression(target), "regression was asked for")
                : new TaskInference(Tasks.classification(table, target), "classification was asked for");
    }

    /** Of all rows, or where seconds count of a sample, since a profile reads every cell. */
    private static Profile profile(Table all, SearchSettings settings, Deadline deadline) {
        if (!deadline.hasLimit()) {
            return Profile.of(all, settings.target(), deadline);
        }
        double affordable = PROFILED_CELLS_PER_SECOND * deadline.remainingSeconds() / Math.max(1, all.columnCount());
        int rows = (int) Math.min(all.rowCount(), Math.max(1_000, affordable));
        int[] sample = BudgetPlan.sample(rows, all.rowCount(), Seeds.of(settings.seed(), -7));
        return Profile.of(sample == null ? all : all.rows(sample), settings.target(), deadline.share(0.05));
    }

    private static boolean isOrdered(Table table) {
        return table.schema().fields().stream()
                .anyMatch(
                        field -> field.role() == Role.TIME || field.role() == Role.FOLD || field.role() == Role.GROUP);
    }

    /** Cheap but telling: names, levels, sizes, options, and a hash over some hundred cells and all of target, weights and folds. */
    private static String fingerprint(StudyData data, SearchSettings settings) {
        long hash = Seeds.of(settings.seed(), data.target().size(), data.folds().size());
        for (int row = 0; row < data.target().size(); row++) {
            hash = hash * 31 + Double.hashCode(data.target().value(row));
            hash = hash * 31 + Double.hashCode(data.weights().at(row));
        }
        for (Fold fold : data.folds()) {
            hash = hash * 31 + Arrays.hashCode(fold.validation());
        }
        int step = Math.max(1, data.features().rowCount() / 500);
        for (int i = 0; i < data.features().columnCount(); i++) {
            Column column = data.features().column(i);
            for (int row = 0; row < column.size(); row += step) {
                hash = hash * 31 + String.valueOf(column.value(row)).hashCode();
            }
        }
        List<String> parts = new ArrayList<>();
        parts.add(Long.toHexString(hash));
        parts.add(data.task().toString());
        parts.add(data.metric().name());
        parts.add(data.features().schema().names().toString());
        parts.add(settings.families().toString());
        if (!settings.constraints().isNone()) {
            parts.add(settings.constraints().toString());
        }
        return Long.toHexString(hash) + "-" + Integer.toHexString(parts.hashCode());
    }
}
