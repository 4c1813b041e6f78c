package org.autotuner.split;

import java.util.List;
import org.autotuner.data.Table;
import org.autotuner.task.Target;
import org.autotuner.task.Task;

/** Divides rows into folds. Immutable and thread-safe; equal arguments give equal folds. */
public interface Splitter {

    /**
     * The folds, at least one.
     *
     * @param table with its roles (group, time, fold)
     * @param target of every row
     * @throws org.autotuner.error.DataException if the rows cannot be divided this way
     */
    List<Fold> split(Table table, Task task, Target target, long seed);
}
