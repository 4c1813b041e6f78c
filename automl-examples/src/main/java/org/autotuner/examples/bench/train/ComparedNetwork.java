package org.autotuner.examples.bench.train;

/** A perceptron of two hidden layers with ReLU and dropout, and how it is trained by AdamW at a constant rate. */
public record ComparedNetwork(int hidden, int batch, double dropout, double rate, double decay) {

    public static ComparedNetwork of(int hidden, int batch) {
        return new ComparedNetwork(hidden, batch, 0.1, 1e-3, 1e-2);
    }

    /** Such as {@code 128x128 batch 64}. */
    public String label() {
        return "%dx%d batch %d".formatted(hidden, hidden, batch);
    }
}
