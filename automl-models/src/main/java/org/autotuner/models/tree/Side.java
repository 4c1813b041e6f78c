package org.autotuner.models.tree;

/**
 * What lies on one side of a split: rows can be moved in and out, and the purity of the whole is known at any moment.
 * The best split has the largest sum of both sides' purities. Not thread-safe.
 */
interface Side {

    /** Forgets all rows. */
    void clear();

    /** Becomes equal to another side of the same kind. */
    void copy(Side other);

    void add(int row, double weight);

    void remove(int row, double weight);

    /** Sum of weights. */
    double weight();

    /** Weight x (1 - Gini impurity) or weight x squared mean: larger is purer. 0 if it is empty. */
    double purity();

    /** Whether no split can make it purer. */
    boolean isPure();
}
