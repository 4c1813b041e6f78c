/** Runnable programs that show the library. Start with {@code QuickStart}. */
@NullMarked
package org.autotuner.examples;

import org.jspecify.annotations.NullMarked;
