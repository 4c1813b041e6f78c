/** Readers that turn files and databases into tables, found through {@code TableReader}. */
@NullMarked
package org.autotuner.data.io;

import org.jspecify.annotations.NullMarked;
