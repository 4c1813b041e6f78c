package org.autotuner.prepare;

import java.util.List;
import java.util.Map;
import org.autotuner.bundle.Node;
import org.jspecify.annotations.Nullable;

/** Readers of encoders by their kind. A new encoder adds one line. */
final class EncoderCodecs {

    /** Reads an encoder and checks everything that it later relies on. */
    @FunctionalInterface
    interface Reader {
        ColumnEncoder read(Node node, List<Feature> features, InputColumns columns);
    }

    private static final Map<String, Reader> READERS = Map.ofEntries(
            Map.entry(RawNumber.KIND, RawNumber::read),
            Map.entry(NumberPair.KIND, NumberPair::read),
            Map.entry(ScaledNumbers.KIND, ScaledNumbers::read),
            Map.entry(QuantileNumber.KIND, QuantileNumber::read),
            Map.entry(LevelTable.KIND, LevelTable::read),
            Map.entry(PairTable.KIND, PairTable::read),
            Map.entry(OneHot.KIND, OneHot::read),
            Map.entry(TextTerms.KIND, TextTerms::read),
            Map.entry(TextTopics.KIND, TextTopics::read),
            Map.entry(PixelPlanes.KIND, PixelPlanes::read),
            Map.entry(GradientHistograms.KIND, GradientHistograms::read),
            Map.entry(Nothing.KIND, Nothing::read));

    private EncoderCodecs() {}

    static void write(ColumnEncoder encoder, Node node) {
        node.put("kind", encoder.kind());
        Codecs.writeFeatures(node, encoder.features());
        encoder.write(node);
    }

    static ColumnEncoder read(Node node, InputColumns columns) {
        @Nullable Reader reader = READERS.get(node.text("kind"));
        if (reader == null) {
            throw node.wrong("kind", "is '%s', which this version does not know".formatted(node.text("kind")));
        }
        return reader.read(node, Codecs.readFeatures(node), columns);
    }
}
