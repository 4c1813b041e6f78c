package org.autotuner.models.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.autotuner.budget.Deadline;
import org.autotuner.bundle.Node;
import org.autotuner.prepare.TextEncoder;
import org.jspecify.annotations.Nullable;

/**
 * The mean of a text's token vectors, scaled to length 1 (Reimers and Gurevych 2019, arXiv 1908.10084). Reads at most
 * {@code most} tokens. An empty text has the vector of the special tokens alone.
 */
final class SentenceEncoder implements TextEncoder {

    static final String KIND = "bert";

    private static final int BATCH_TOKENS = 256;
    private static final int MOST_TOKENS = 256;
    private static final int LEAST_TOKENS = 16;
    private static final int SAMPLE = 2000;
    private static final double QUANTILE = 0.95;
    private static final double CHARACTERS_PER_TOKEN = 4.2;
    /** Of the encoder on a middling core, the rest of the layers included. */
    private static final double PRODUCTS_PER_SECOND = 1.6e10;

    private final LoadedEncoder loaded;
    private final boolean isNamed;
    private final int most;

    /**
     * An encoder.
     *
     * @param isNamed whether model files name it instead of carrying its weights
     * @param most tokens of a text, at least 3; at most as many as the encoder has positions
     */
    SentenceEncoder(LoadedEncoder loaded, boolean isNamed, int most) {
        this.loaded = loaded;
        this.isNamed = isNamed;
        this.most = Math.min(most, loaded.config().positions());
    }

    static SentenceEncoder of(LoadedEncoder loaded, boolean isNamed) {
        return new SentenceEncoder(loaded, isNamed, MOST_TOKENS);
    }

    LoadedEncoder loaded() {
        return loaded;
    }

    boolean isNamed() {
        return isNamed;
    }

    @Override
    public int mostTokens() {
        return most;
    }

    @Override
    public int[] tokens(String text) {
        return loaded.parts().tokens().ids(text, most);
    }

    @Override
    public String id() {
        return "%s-%d".formatted(loaded.parts().source().checksum(), most);
    }

    @Override
    public int width() {
        return loaded.config().width();
    }

    @Override
    public SentenceEncoder suiting(List<String> texts) {
        int step = Math.max(1, texts.size() / SAMPLE);
        List<Integer> lengths = new ArrayList<>();
        Tokens tokens = loaded.parts().tokens();
        for (int i = 0; i < texts.size(); i += step) {
            lengths.add(tokens.ids(texts.get(i), MOST_TOKENS).length);
        }
        lengths.sort(Comparator.naturalOrder());
        int wanted = lengths.isEmpty() ? LEAST_TOKENS : lengths.get((int) (QUANTILE * (lengths.size() - 1)));
        int rounded = (wanted + 7) / 8 * 8;
        return new SentenceEncoder(loaded, isNamed, Math.max(LEAST_TOKENS, Math.min(MOST_TOKENS, rounded)));
    }

    @Override
    public double seconds(List<String> texts) {
        double tokens = 0;
        for (String text : texts) {
            tokens += Math.min(most, 2 + text.length() / CHARACTERS_PER_TOKEN);
        }
        return tokens * loaded.config().products() / PRODUCTS_PER_SECOND;
    }

    @Override
    public long bytes() {
        EncoderConfig config = loaded.config();
        double words = (double) (config.vocabulary() + config.positions()) * config.width();
        return (long) (8 * (words + config.products()));
    }

    @Override
    public void encode(List<@Nullable String> texts, float[] out, Deadline deadline) {
        int width = width();
        LoadedEncoder.Parts parts = loaded.parts();
        int[][] ids = new int[texts.size()][];
        List<Integer> order = new ArrayList<>();
        Arrays.fill(out, 0, texts.size() * width, 0);
        for (int i = 0; i < ids.length; i++) {
            if (i % 256 == 0) {
                deadline.check();
            }
            String text = texts.get(i);
            if (text != null) {
                ids[i] = parts.tokens().ids(text, most);
                order.add(i);
            }
        }
        order.sort(Comparator.comparingInt(i -> ids[i].length));
        int from = 0;
        while (from < order.size()) {
            deadline.check();
            int to = from;
            int tokens = 0;
            while (to < order.size() && (to == from || tokens + ids[order.get(to)].length <= BATCH_TOKENS)) {
                tokens += ids[order.get(to)].length;
                to++;
            }
            int[][] batch = new int[to - from][];
            for (int i = from; i < to; i++) {
                batch[i - from] = ids[order.get(i)];
            }
            float[][][] vectors = parts.encoder().encode(batch);
            for (int i = from; i < to; i++) {
                pool(vectors[i - from], out, order.get(i) * width);
            }
            from = to;
        }
    }

    static void pool(float[][] vectors, float[] out, int at) {
        int width = vectors[0].length;
        double squares = 0;
        double[] mean = new double[width];
        for (float[] vector : vectors) {
            for (int c = 0; c < width; c++) {
                mean[c] += vector[c];
            }
        }
        for (int c = 0; c < width; c++) {
            mean[c] /= vectors.length;
            squares += mean[c] * mean[c];
        }
        double length = Math.max(1e-12, Math.sqrt(squares));
        for (int c = 0; c < width; c++) {
            out[at + c] = (float) (mean[c] / length);
        }
    }

    @Override
    public void write(Node node) {
        EncoderCodec.write(this, node);
    }
}
