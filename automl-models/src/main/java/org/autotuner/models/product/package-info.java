/**
 * Products of float matrices in plain Java, as fast as the JIT compiler of JDK 17 makes them. For every family; imports nothing
 * of theirs.
 */
@NullMarked
package org.autotuner.models.product;

import org.jspecify.annotations.NullMarked;
