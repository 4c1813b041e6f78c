package org.autotuner.models.recommend;

/**
 * Biased matrix factorization (Koren, Bell and Volinsky, IEEE Computer 42, 2009) for tables whose columns of users and items
 * were named. Knows nothing of other columns. Stateless and thread-safe.
 */
public final class MatrixFactorizationFamily extends AbstractFactorFamily {

    @Override
    public String id() {
        return "matrix-factorization";
    }

    @Override
    boolean isImplicit() {
        return false;
    }
}
