package org.autotuner.train;

import ai.djl.nn.Block;
import org.autotuner.space.Configuration;

/** Builds the network of a configuration. Called by several threads at once where several networks are trained at once. */
@FunctionalInterface
public interface NetworkBuilder {

    /**
     * A new network with each call: it takes the inputs in their order, and gives one array, rows x outputs, before any
     * link (logits, or values).
     */
    Block build(Configuration configuration);
}
