package org.autotuner.score;

import org.autotuner.bundle.Node;

/** Reads one type of {@link Scorer} from a model file; found by {@code ServiceLoader}. Stateless. */
public interface ScorerCodec {

    /** The {@link Scorer#type()} it reads. */
    String type();

    /**
     * Reads a scorer and checks every index and range, so that scoring can neither fail nor loop.
     *
     * @throws org.autotuner.error.BundleException if anything does not fit
     */
    Scorer read(Node node);
}
