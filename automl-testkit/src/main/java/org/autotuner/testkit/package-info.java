/** Contracts as JUnit tests: extend the one of the part that you write. */
@NullMarked
package org.autotuner.testkit;

import org.jspecify.annotations.NullMarked;
