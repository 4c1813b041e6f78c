/** The search loop: order of work, cost model and budget shares. */
@NullMarked
package org.autotuner.plan;

import org.jspecify.annotations.NullMarked;
