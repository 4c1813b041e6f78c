/** What the data looks like and what is suspicious about it. Start with {@code Profile}. */
@NullMarked
package org.autotuner.profile;

import org.jspecify.annotations.NullMarked;
