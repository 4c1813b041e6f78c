/**
 * Networks trained by TorchScript that is written here in Java: one call runs many optimizer steps. The only package that
 * uses classes of DJL's PyTorch engine; an upgrade of DJL breaks it and no other.
 */
@NullMarked
package org.autotuner.models.torch;

import org.jspecify.annotations.NullMarked;
