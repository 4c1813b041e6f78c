/**
 * Networks of convolutions over images: {@code cnn}, a small one, and {@code resnet}. Trained by generated TorchScript, with
 * augmentation in plain Java; they predict in plain Java by {@link org.autotuner.score.ConvolutionNetwork}. Start with
 * {@link org.autotuner.models.image.ImageFamily}.
 */
@NullMarked
package org.autotuner.models.image;

import org.jspecify.annotations.NullMarked;
