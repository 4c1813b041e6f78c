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

    private static final Map<String, Reader> READERS = Map.of(
            RawNumber.KIND, RawNumber::read,
            ScaledNumbers.KIND, ScaledNumbers::read,
            QuantileNumber.KIND, QuantileNumber::read,
            LevelTable.KIND, LevelTable::read,
            PairTable.KIND, PairTable::read,
            OneHot.KIND, OneHot::read,
            TextWords.KIND, TextWords::read,
            PixelPlanes.KIND, PixelPlanes::read,
            GradientHistograms.KIND, GradientHistograms::read,
            Nothing.KIND, Nothing::read);

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
