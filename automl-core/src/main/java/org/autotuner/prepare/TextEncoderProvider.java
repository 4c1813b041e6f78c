package org.autotuner.prepare;

import java.nio.file.Path;
import java.util.Optional;
import org.autotuner.bundle.Node;

/** Where {@link TextEncoder}s come from; found by {@code ServiceLoader}, see {@link TextEncoders}. Stateless. */
public interface TextEncoderProvider {

    /** The kind of encoder that it reads, as {@link TextEncoder#write} names it. */
    String kind();

    /** An encoder that lies on the class path; empty if there is none. Reads its weights only when they are needed. */
    Optional<TextEncoder> builtIn();

    /** What to add for {@link #builtIn()}, in words for the report; empty if nothing is missing. */
    Optional<String> missing();

    /**
     * An encoder in a folder of the user's.
     *
     * @throws org.autotuner.error.DataException if a file is missing or does not fit the others
     */
    TextEncoder open(Path folder);

    /**
     * Reads what an encoder of this kind wrote.
     *
     * @throws org.autotuner.error.BundleException if it is damaged
     * @throws org.autotuner.error.FamilyUnavailableException if it names something that is not on the class path
     */
    TextEncoder read(Node node);
}
