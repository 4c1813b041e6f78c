package org.autotuner.split;

/**
 * A chosen splitter.
 *
 * @param reason why, in words, for the report
 */
public record SplitPlan(Splitter splitter, String reason) {}
