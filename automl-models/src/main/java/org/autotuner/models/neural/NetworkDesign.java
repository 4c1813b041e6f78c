package org.autotuner.models.neural;

import org.autotuner.models.torch.NetworkPlan;
import org.autotuner.train.TrainingSettings;

/**
 * A configuration made concrete for certain data: the network, and how it is trained.
 *
 * @param inputs which features it reads
 */
record NetworkDesign(NetworkInputs inputs, NetworkPlan plan, TrainingSettings settings) {}
