package org.autotuner.score;

import java.util.function.Function;
import org.autotuner.bundle.Node;
import org.autotuner.prepare.TextEncoder;

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

    /**
     * The same for scorers that go on from an encoder of texts.
     *
     * @param encoders gives the encoder of an id, or throws
     */
    default Scorer read(Node node, Function<String, TextEncoder> encoders) {
        return read(node);
    }
}
