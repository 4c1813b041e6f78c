package org.autotuner.prepare;

import org.autotuner.budget.Deadline;
import org.autotuner.task.Task;

/**
 * What fitting a preparation may know.
 *
 * @param seed for permutations
 * @param deadline asked between columns and every few thousand rows
 */
public record PrepareContext(Task task, long seed, Deadline deadline) {}
