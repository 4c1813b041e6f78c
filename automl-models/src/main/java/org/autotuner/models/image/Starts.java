package org.autotuner.models.image;

import org.autotuner.models.torch.Start;

/** Where the initial values of a parameter come from. */
interface Starts {

    /** Those of a network that has learned nothing yet. */
    Starts FRESH = (name, fresh) -> fresh;

    /**
     * Initial values.
     *
     * @param name as torchvision names the parameter or running statistic
     * @param fresh those of a network that has learned nothing yet
     */
    Start of(String name, Start fresh);
}
