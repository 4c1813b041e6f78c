/** Lists of items for users, learned from who had what. */
@NullMarked
package org.autotuner.recommend;

import org.jspecify.annotations.NullMarked;
