/** A study's trials, events and rules. Start with {@code Trial}. */
@NullMarked
package org.autotuner.study;

import org.jspecify.annotations.NullMarked;
