/** How rows are divided into training and validation parts. Start with {@code Splitter}. */
@NullMarked
package org.autotuner.split;

import org.jspecify.annotations.NullMarked;
