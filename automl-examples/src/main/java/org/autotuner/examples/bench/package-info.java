/** The bench tool: quality, latency, budgets and memory on the reader's own data. Start with {@code Bench}. */
@NullMarked
package org.autotuner.examples.bench;

import org.jspecify.annotations.NullMarked;
