package org.autotuner.plan;

import org.autotuner.model.ModelFamily;
import org.autotuner.space.Configuration;

/** A configuration of a family that should be tried. */
record Proposal(ModelFamily family, Configuration configuration) {}
