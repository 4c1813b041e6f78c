package org.autotuner.models.tree;

/**
 * How a boosted tree grows.
 *
 * @param leaves at most, at least 2
 * @param depth at most; 0 for no limit
 * @param isDepthWise whether leaves are split level by level, the best of a level first, and not always the best of all
 * @param leastRows of a leaf, about, where rows weigh differently
 * @param leastCurvature of a leaf
 * @param l2 added to the curvature of a leaf
 * @param leastGain that a split must be worth
 * @param categoryL2 added besides for splits of many categories
 * @param categorySmooth added to the curvature of each category where these are put in order
 */
record GrowthSettings(
        int leaves,
        int depth,
        boolean isDepthWise,
        int leastRows,
        double leastCurvature,
        double l2,
        double leastGain,
        double categoryL2,
        double categorySmooth) {}
