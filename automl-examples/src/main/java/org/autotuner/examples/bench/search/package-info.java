/** Test objectives for optimizers, and the protocol by which they are compared; no part of it prints. */
@NullMarked
package org.autotuner.examples.bench.search;

import org.jspecify.annotations.NullMarked;
