/**
 * Forests of deep, independent trees in plain Java: random forests and extremely randomised trees. Partners of boosters
 * in an ensemble, and what is left of trees where no native library loads. Start with {@code RandomForestFamily}.
 */
@NullMarked
package org.autotuner.models.tree;

import org.jspecify.annotations.NullMarked;
