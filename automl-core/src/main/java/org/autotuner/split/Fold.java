package org.autotuner.split;

/** Row numbers of one training and validation part. Immutable; the arrays are copied in, and out only by name. */
public final class Fold {

    private final int[] train;
    private final int[] validation;

    public Fold(int[] train, int[] validation) {
        this.train = train.clone();
        this.validation = validation.clone();
    }

    /** Row numbers of the training part; a copy. */
    public int[] train() {
        return train.clone();
    }

    /** Row numbers of the validation part; a copy. */
    public int[] validation() {
        return validation.clone();
    }

    public int trainSize() {
        return train.length;
    }

    public int validationSize() {
        return validation.length;
    }
}
