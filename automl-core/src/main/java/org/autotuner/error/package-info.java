/** Exceptions with one clear message each: what was wrong, where, and what to do. */
@NullMarked
package org.autotuner.error;

import org.jspecify.annotations.NullMarked;
