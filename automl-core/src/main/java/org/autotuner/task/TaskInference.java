package org.autotuner.task;

/**
 * A task that was found out from a table.
 *
 * @param reason why, in words, for the report
 */
public record TaskInference(Task task, String reason) {}
