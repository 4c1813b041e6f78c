/**
 * The training loop: batches, losses, schedules, early stopping, devices. It trains whatever is a {@link
 * org.autotuner.train.Learner}: any DJL block through DJL's public interface, and networks of other modules on faster
 * paths of their own.
 */
@NullMarked
package org.autotuner.train;

import org.jspecify.annotations.NullMarked;
