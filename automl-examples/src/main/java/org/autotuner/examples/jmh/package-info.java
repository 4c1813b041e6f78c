/** JMH benchmarks of the hot paths; {@code automl-examples/bench jmh} runs them. */
@NullMarked
package org.autotuner.examples.jmh;

import org.jspecify.annotations.NullMarked;
