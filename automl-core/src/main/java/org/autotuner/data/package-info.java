/** Tables of typed columns with a schema. Start with {@code Table}. */
@NullMarked
package org.autotuner.data;

import org.jspecify.annotations.NullMarked;
