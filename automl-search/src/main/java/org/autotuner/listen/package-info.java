/** Listeners that show how a study goes. */
@NullMarked
package org.autotuner.listen;

import org.jspecify.annotations.NullMarked;
