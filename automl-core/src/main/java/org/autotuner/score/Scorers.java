package org.autotuner.score;

import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.autotuner.bundle.Node;
import org.autotuner.prepare.TextEncoder;

/** Writes and reads scorers of all types: the built-in ones, and others whose {@link ScorerCodec} is registered. */
public final class Scorers {

    private static final Map<String, ScorerCodec> BUILT_IN = Stream.of(
                    new ConstantScorer.Codec(),
                    new LinearScorer.Codec(),
                    new FactorizationMachineScorer.Codec(),
                    new FactorScorer.Codec(),
                    new ItemNeighboursScorer.Codec(),
                    new KernelScorer.Codec(),
                    new NeighboursScorer.Codec(),
                    new VotingScorer.Codec(),
                    new TreeEnsembleCodec(),
                    new SymmetricEnsemble.Codec(),
                    new AdditiveScorer.Codec(),
                    new StatisticTrees.Codec(),
                    new ForestScorer.Codec(),
                    new DenseNetworkCodec(),
                    new ConvolutionNetworkCodec(),
                    new TransformedScorer.Codec())
            .collect(Collectors.toUnmodifiableMap(ScorerCodec::type, codec -> codec));

    private Scorers() {}

    /** Writes a scorer with its type, as {@link #read} expects it. */
    public static void write(Scorer scorer, Node node) {
        node.put("type", scorer.type());
        scorer.write(node.child("scorer"));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws org.autotuner.error.BundleException if it is damaged or no codec of its type is on the class path
     */
    public static Scorer read(Node node) {
        return read(node, id -> {
            throw node.wrong("scorer", "needs the encoder of texts '%s', which is not there".formatted(id));
        });
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param encoders gives the encoder of an id, or throws
     * @throws org.autotuner.error.BundleException if it is damaged or no codec of its type is on the class path
     */
    public static Scorer read(Node node, Function<String, TextEncoder> encoders) {
        String type = node.text("type");
        ScorerCodec codec = BUILT_IN.get(type);
        if (codec != null) {
            return codec.read(node.node("scorer"), encoders);
        }
        for (ScorerCodec other : ServiceLoader.load(ScorerCodec.class, Scorers.class.getClassLoader())) {
            if (other.type().equals(type)) {
                return other.read(node.node("scorer"), encoders);
            }
        }
        throw node.wrong(
                "type",
                "is '%s', which no scorer on the class path reads; add the library that wrote it".formatted(type));
    }
}
