/** The model file: a tree of named values and little-endian arrays in a ZIP with checksums and limits. Knows no model. Start with {@code Bundle}. */
@NullMarked
package org.autotuner.bundle;

import org.jspecify.annotations.NullMarked;
