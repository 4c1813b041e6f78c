/** What a finished study tells: importance, curves, a page to look at. Start with {@code StudyInsight}. */
@NullMarked
package org.autotuner.insight;

import org.jspecify.annotations.NullMarked;
