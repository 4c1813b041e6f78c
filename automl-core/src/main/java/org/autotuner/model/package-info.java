/** The contract of model families, and the delivered model. Start with {@code ModelFamily} or {@code AutoModel}. */
@NullMarked
package org.autotuner.model;

import org.jspecify.annotations.NullMarked;
