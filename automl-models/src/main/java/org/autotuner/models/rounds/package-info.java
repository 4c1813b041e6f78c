/**
 * What families that learn round by round share, native or not: the loop with early stopping, how many rounds a learning rate
 * needs, how categories reach a booster, checks of the data. Start with {@code BoostingLoop}.
 */
@NullMarked
package org.autotuner.models.rounds;

import org.jspecify.annotations.NullMarked;
