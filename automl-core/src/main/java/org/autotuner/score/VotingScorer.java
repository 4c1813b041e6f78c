package org.autotuner.score;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.autotuner.bundle.Node;
import org.autotuner.prepare.FeatureRow;
import org.autotuner.prepare.TextEncoder;

/** The mean of the outputs of several scorers of the same features: bags and fold models. Immutable, thread-safe. */
public final class VotingScorer implements Scorer {

    static final String TYPE = "voting";

    private final List<Scorer> parts;

    private VotingScorer(List<Scorer> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * The mean of these.
     *
     * @throws IllegalArgumentException if there is none or their numbers of outputs differ
     */
    public static VotingScorer of(List<? extends Scorer> parts) {
        if (parts.isEmpty()
                || parts.stream().mapToInt(Scorer::outputs).distinct().count() != 1) {
            throw new IllegalArgumentException("Scorers of equal numbers of outputs are needed, but they are %s."
                    .formatted(parts.stream().map(Scorer::outputs).toList()));
        }
        return new VotingScorer(List.copyOf(parts));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public int outputs() {
        return parts.get(0).outputs();
    }

    @Override
    public int width() {
        return parts.stream().mapToInt(Scorer::width).max().orElse(0);
    }

    @Override
    public int sparseWidth() {
        return parts.stream().mapToInt(Scorer::sparseWidth).max().orElse(0);
    }

    @Override
    public void score(FeatureRow row, double[] out) {
        int outputs = outputs();
        double[] sums = new double[outputs];
        for (Scorer part : parts) {
            part.score(row, out);
            for (int k = 0; k < outputs; k++) {
                sums[k] += out[k];
            }
        }
        for (int k = 0; k < outputs; k++) {
            out[k] = sums[k] / parts.size();
        }
    }

    @Override
    public Scorer compressed(Compression compression) {
        List<Scorer> smaller =
                parts.stream().map(part -> part.compressed(compression)).toList();
        for (int i = 0; i < smaller.size(); i++) {
            if (smaller.get(i) != parts.get(i)) {
                return new VotingScorer(smaller);
            }
        }
        return this;
    }

    @Override
    public Optional<TextEncoder> encoder() {
        return parts.stream().flatMap(part -> part.encoder().stream()).findFirst();
    }

    @Override
    public void write(Node node) {
        node.list("parts");
        parts.forEach(part -> Scorers.write(part, node.append("parts")));
    }

    static final class Codec implements ScorerCodec {

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public Scorer read(Node node) {
            return read(node, id -> {
                throw node.wrong("parts", "need the encoder of texts '%s', which is not there".formatted(id));
            });
        }

        @Override
        public Scorer read(Node node, Function<String, TextEncoder> encoders) {
            List<Scorer> parts = node.nodes("parts").stream()
                    .map(part -> Scorers.read(part, encoders))
                    .toList();
            Checks.that(
                    parts.stream().mapToInt(Scorer::outputs).distinct().count() == 1,
                    node,
                    "parts",
                    "is empty or holds scorers of different numbers of outputs");
            return new VotingScorer(parts);
        }
    }
}
