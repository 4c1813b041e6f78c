package org.autotuner.split;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.autotuner.data.Column;
import org.autotuner.data.Role;
import org.autotuner.data.Table;
import org.autotuner.error.DataException;
import org.autotuner.task.Target;
import org.autotuner.task.Task;

/** Folds that a column names: each different value is a fold; rows without one always train. */
final class FoldColumn implements Splitter {

    @Override
    public List<Fold> split(Table table, Task task, Target target, long seed) {
        String name = RoleColumns.require(table, Role.FOLD);
        Column column = table.column(name);
        Map<String, Integer> numbers = new TreeMap<>();
        for (int row = 0; row < column.size(); row++) {
            if (!column.isMissing(row)) {
                numbers.put(String.valueOf(column.value(row)), 0);
            }
        }
        int next = 0;
        for (Map.Entry<String, Integer> entry : numbers.entrySet()) {
            entry.setValue(next++);
        }
        int[] part = new int[column.size()];
        Arrays.setAll(
                part,
                row -> column.isMissing(row)
                        ? Parts.TRAINS
                        : numbers.getOrDefault(String.valueOf(column.value(row)), Parts.TRAINS));
        List<Fold> folds = Parts.folds(part, next);
        if (folds.isEmpty()) {
            throw new DataException(
                    "Column '%s' puts all rows into one fold, so nothing is left to train on. Name at least two folds."
                            .formatted(name));
        }
        return folds;
    }
}
