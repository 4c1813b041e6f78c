/** The trainings that {@code bench train} compares, each at the same network, rows and start. */
@NullMarked
package org.autotuner.examples.bench.train;

import org.jspecify.annotations.NullMarked;
