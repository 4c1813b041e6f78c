/** Where a study is kept: an ordered log and an artifact store. Start with {@code JournalStorage}. */
@NullMarked
package org.autotuner.storage;

import org.jspecify.annotations.NullMarked;
