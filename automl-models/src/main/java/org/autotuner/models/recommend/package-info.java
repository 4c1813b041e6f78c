/**
 * Families of ratings: matrix factorization, SVD++ and item neighbourhood. They take part where the columns of users and items are
 * named, and read {@link org.autotuner.prepare.RatingCodes}; side features are the business of factorization machines and of the
 * families for any table. Imports core alone.
 */
@NullMarked
package org.autotuner.models.recommend;

import org.jspecify.annotations.NullMarked;
