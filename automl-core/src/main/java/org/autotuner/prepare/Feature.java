package org.autotuner.prepare;

/**
 * One column of a {@link FeatureMatrix}.
 *
 * @param name unique in its matrix
 * @param source name of the table column it was made from (the first one, where several)
 * @param cardinality number of category codes (cells are 0..cardinality-1, NaN missing), or 0 for a number
 */
public record Feature(String name, String source, int cardinality) {

    public boolean isCategorical() {
        return cardinality > 0;
    }
}
