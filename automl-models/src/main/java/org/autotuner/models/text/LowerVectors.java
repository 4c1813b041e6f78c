package org.autotuner.models.text;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.autotuner.budget.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * The vectors behind the lower layers of an encoder, which stay as they are: computed once per study and kept, as far as the
 * heap allows, for all epochs, folds and trials. Thread-safe.
 */
final class LowerVectors {

    private static final int BATCH_TOKENS = 256;
    private static final double HEAP_SHARE = 0.2;

    private record Key(IntBuffer ids, int layers) {}

    private final SentenceEncoder encoder;
    private final Map<Key, float[]> kept = new ConcurrentHashMap<>();
    private final Set<Key> claimed = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytes = new AtomicLong();
    private final long limit = (long) (HEAP_SHARE * Runtime.getRuntime().maxMemory());

    LowerVectors(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    SentenceEncoder encoder() {
        return encoder;
    }

    /** Computes and keeps the vectors of these texts, as far as there is room; threads that do so together share the work. */
    void warm(int[][] texts, int layers, Deadline deadline) {
        warm(texts, layers, deadline, true);
        warm(texts, layers, deadline, false); // what others have claimed and not finished
    }

    private void warm(int[][] texts, int layers, Deadline deadline, boolean isClaiming) {
        List<int[]> batch = new ArrayList<>();
        int tokens = 0;
        for (int[] ids : texts) {
            if (layers == 0 || bytes.get() > limit) {
                return; // words and positions alone are looked up as fast as they could be kept
            }
            Key key = new Key(IntBuffer.wrap(ids), layers);
            if (kept.containsKey(key) || (isClaiming && !claimed.add(key))) {
                continue;
            }
            batch.add(ids);
            tokens += ids.length;
            if (tokens >= BATCH_TOKENS) {
                deadline.check();
                keep(batch, layers);
                batch.clear();
                tokens = 0;
            }
        }
        keep(batch, layers);
    }

    /** Tokens of those of these texts whose vectors are not kept. */
    long missingTokens(int[][] texts, int layers) {
        long tokens = 0;
        for (int[] ids : texts) {
            tokens += layers == 0 || kept.containsKey(new Key(IntBuffer.wrap(ids), layers)) ? 0 : ids.length;
        }
        return tokens;
    }

    private void keep(List<int[]> batch, int layers) {
        float[][] vectors = compute(batch, layers);
        for (int i = 0; i < vectors.length; i++) {
            if (kept.putIfAbsent(new Key(IntBuffer.wrap(batch.get(i)), layers), vectors[i]) == null) {
                bytes.addAndGet(4L * vectors[i].length + 100);
            }
        }
    }

    /** For each text its tokens' vectors one behind the other. */
    float[][] of(int[][] texts, int layers) {
        float[][] found = new float[texts.length][];
        List<int[]> missing = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            float @Nullable [] vectors = kept.get(new Key(IntBuffer.wrap(texts[i]), layers));
            if (vectors == null) {
                missing.add(texts[i]);
                places.add(i);
            } else {
                found[i] = vectors;
            }
        }
        float[][] computed = compute(missing, layers);
        for (int i = 0; i < computed.length; i++) {
            found[places.get(i)] = computed[i];
        }
        return found;
    }

    private float[][] compute(List<int[]> texts, int layers) {
        if (texts.isEmpty()) {
            return new float[0][];
        }
        float[][][] vectors = encoder.loaded().parts().encoder().encode(texts.toArray(new int[0][]), layers);
        int width = encoder.width();
        float[][] flat = new float[vectors.length][];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = new float[vectors[i].length * width];
            for (int j = 0; j < vectors[i].length; j++) {
                System.arraycopy(vectors[i][j], 0, flat[i], j * width, width);
            }
        }
        return flat;
    }
}
