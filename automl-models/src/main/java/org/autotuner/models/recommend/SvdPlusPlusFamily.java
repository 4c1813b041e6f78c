package org.autotuner.models.recommend;

/**
 * SVD++ (Koren, Factorization Meets the Neighborhood, KDD 2008): matrix factorization in which what a user rated counts, too,
 * whatever the ratings were. The implicit part of each user of the training rows is folded into the user's factors, so a
 * prediction costs as much as one of plain matrix factorization. Stateless and thread-safe.
 */
public final class SvdPlusPlusFamily extends AbstractFactorFamily {

    @Override
    public String id() {
        return "svd-plus-plus";
    }

    @Override
    boolean isImplicit() {
        return true;
    }
}
