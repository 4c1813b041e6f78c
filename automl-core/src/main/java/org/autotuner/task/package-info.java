/** What is predicted, and its true values. Start with {@code Task}. */
@NullMarked
package org.autotuner.task;

import org.jspecify.annotations.NullMarked;
