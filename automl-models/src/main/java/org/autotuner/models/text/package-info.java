/**
 * Text by encoders of the BERT family: reading their weights ({@link org.autotuner.models.text.EncoderWeights} from an ONNX file
 * or a folder in the Hugging Face layout), tokens, and the forward pass in plain Java. Everything that names DJL's tokenizer
 * is behind {@link org.autotuner.models.text.Tokens}, since that library is optional. May import {@code models.torch} for
 * training; no other family knows this package.
 */
@NullMarked
package org.autotuner.models.text;

import org.jspecify.annotations.NullMarked;
