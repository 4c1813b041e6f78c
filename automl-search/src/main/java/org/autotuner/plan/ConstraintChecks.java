package org.autotuner.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.autotuner.data.ColumnType;
import org.autotuner.data.Schema;
import org.autotuner.error.OptionException;
import org.autotuner.model.Constraints;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Task;

/** Whether constraints make sense for what is predicted from these columns. */
final class ConstraintChecks {

    private ConstraintChecks() {}

    /**
     * Checks all at once.
     *
     * @throws OptionException that lists every fault
     */
    static void check(Constraints constraints, Task task, Schema features) {
        List<String> faults = new ArrayList<>();
        if (!constraints.monotone().isEmpty() && !(task instanceof BinaryTask) && !(task instanceof RegressionTask)) {
            faults.add(
                    "increasing(...) and decreasing(...) need one real value or two classes to predict, but this is a %s task."
                            .formatted(task.kind()));
        }
        for (String column : constraints.monotone().keySet()) {
            if (!features.names().contains(column)) {
                faults.add(missing("increasing(...) or decreasing(...)", column, features));
            } else if (features.field(column).type() != ColumnType.NUMERIC) {
                faults.add("column '%s' is %s, but only along numbers a prediction can increase or decrease."
                        .formatted(column, features.field(column).type().name().toLowerCase(java.util.Locale.ROOT)));
            }
        }
        for (Set<String> group : constraints.interactions()) {
            for (String column : group) {
                if (!features.names().contains(column)) {
                    faults.add(missing("interaction(...)", column, features));
                }
            }
        }
        if (!faults.isEmpty()) {
            throw new OptionException("%d constraint(s) are wrong:%n- %s"
                    .formatted(faults.size(), String.join(System.lineSeparator() + "- ", faults)));
        }
    }

    private static String missing(String option, String column, Schema features) {
        return "%s names the column '%s', but the features are %s.".formatted(option, column, features.names());
    }
}
