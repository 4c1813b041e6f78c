package org.autotuner.prepare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.bundle.Node;
import org.autotuner.data.Table;
import org.autotuner.data.TextColumn;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of all texts of a study, computed once, when the first is asked for, and shared by all folds and trials: an
 * encoder that was trained elsewhere tells nothing of the target. Threads that ask at the same time share the work. Texts
 * that the study does not have are encoded at each call. Thread-safe.
 */
public final class SentenceVectors implements TextEncoder {

    private static final int CHUNK = 32;
    private static final long POLL_MILLIS = 50;

    /** Different texts, their numbers, and the vectors that are ready. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Known(List<String> texts, Map<String, Integer> numbers, float[][] vectors) {}

    private final TextEncoder original;
    private final double seconds;
    private final int size;
    private final Object monitor = new Object();
    private final Object loading = new Object();
    private volatile @Nullable Known known;
    private @Nullable TextEncoder suiting;
    private @Nullable ConcurrentLinkedQueue<List<Integer>> open;
    private int missing;

    private SentenceVectors(TextEncoder encoder, List<String> texts) {
        this.original = encoder;
        Map<String, Integer> numbers = new HashMap<>();
        texts.forEach(text -> numbers.put(text, numbers.size()));
        this.size = texts.size();
        this.missing = size;
        this.seconds = encoder.seconds(texts);
        this.known = new Known(texts, numbers, new float[size][]);
    }

    /** Nothing is computed yet. The table's texts also decide how many tokens are read of each. */
    public static SentenceVectors of(TextEncoder encoder, Table table) {
        Map<String, Boolean> distinct = new LinkedHashMap<>();
        for (int i = 0; i < table.columnCount(); i++) {
            if (table.column(i) instanceof TextColumn column) {
                for (int row = 0; row < column.size(); row++) {
                    @Nullable String text = column.text(row);
                    if (text != null) {
                        distinct.put(text, true);
                    }
                }
            }
        }
        return new SentenceVectors(encoder, new ArrayList<>(distinct.keySet()));
    }

    /** Number of different texts. */
    public int size() {
        return size;
    }

    /** Seconds of one thread that are still to be spent on the study's texts, roughly. */
    public double secondsLeft() {
        synchronized (monitor) {
            return size == 0 ? 0 : seconds * missing / size;
        }
    }

    /** Seconds of one thread that all the study's texts take together, roughly. */
    public double secondsOfAll() {
        return seconds;
    }

    /** Whether any vector was asked for. */
    public boolean isUsed() {
        synchronized (monitor) {
            return missing < size;
        }
    }

    /** Forgets texts and vectors: from now on every text is encoded when it is asked for. For the end of a study. */
    public void forget() {
        encoder();
        known = null;
        synchronized (monitor) {
            open = null;
        }
    }

    @Override
    public String id() {
        return encoder().id();
    }

    @Override
    public int width() {
        return original.width();
    }

    @Override
    public int mostTokens() {
        return encoder().mostTokens();
    }

    @Override
    public int[] tokens(String text) {
        return encoder().tokens(text);
    }

    @Override
    public TextEncoder suiting(List<String> others) {
        return original.suiting(others);
    }

    @Override
    public double seconds(List<String> others) {
        return original.seconds(others);
    }

    @Override
    public long bytes() {
        return original.bytes() + 4L * size * width();
    }

    /** The encoder with what suits the study's texts. */
    public TextEncoder encoder() {
        synchronized (loading) {
            TextEncoder found = suiting;
            if (found == null) {
                Known all = known;
                found = all == null ? original : original.suiting(all.texts());
                suiting = found;
            }
            return found;
        }
    }

    @Override
    public void encode(List<@Nullable String> wanted, float[] out, Deadline deadline) {
        Known all = known;
        if (all != null && wanted.stream().anyMatch(all.numbers()::containsKey)) {
            computeAll(all, deadline);
        }
        List<@Nullable String> others = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        int width = width();
        for (int i = 0; i < wanted.size(); i++) {
            @Nullable Integer number = all == null ? null : all.numbers().get(wanted.get(i));
            if (all == null || number == null) {
                others.add(wanted.get(i));
                places.add(i);
            } else {
                System.arraycopy(all.vectors()[number], 0, out, i * width, width);
            }
        }
        if (others.isEmpty()) {
            return;
        }
        float[] rest = new float[others.size() * width];
        encoder().encode(others, rest, deadline);
        for (int i = 0; i < places.size(); i++) {
            System.arraycopy(rest, i * width, out, places.get(i) * width, width);
        }
    }

    /** Takes part in the work until all texts have their vectors. */
    private void computeAll(Known all, Deadline deadline) {
        synchronized (monitor) {
            if (missing == 0) {
                return;
            }
        }
        ConcurrentLinkedQueue<List<Integer>> chunks = chunks(all.texts());
        @Nullable List<Integer> chunk = next(chunks, deadline);
        while (chunk != null) {
            compute(chunk, all, chunks, deadline);
            chunk = next(chunks, deadline);
        }
    }

    /** A chunk to work at, once there is one; null if all texts have their vectors. */
    private @Nullable List<Integer> next(ConcurrentLinkedQueue<List<Integer>> chunks, Deadline deadline) {
        synchronized (monitor) {
            while (missing > 0) {
                deadline.check();
                @Nullable List<Integer> chunk = chunks.poll();
                if (chunk != null) {
                    return chunk;
                }
                try {
                    monitor.wait(POLL_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new DeadlineExceededException("Interrupted.");
                }
            }
            return null;
        }
    }

    /** A chunk that fails here, perhaps for this thread's deadline alone, is given back. */
    private void compute(
            List<Integer> chunk, Known all, ConcurrentLinkedQueue<List<Integer>> chunks, Deadline deadline) {
        int width = width();
        float[] some = new float[chunk.size() * width];
        boolean isDone = false;
        try {
            encoder()
                    .encode(new ArrayList<>(chunk.stream().map(all.texts()::get).toList()), some, deadline);
            isDone = true;
        } finally {
            synchronized (monitor) {
                if (isDone) {
                    for (int i = 0; i < chunk.size(); i++) {
                        float[] vector = new float[width];
                        System.arraycopy(some, i * width, vector, 0, width);
                        all.vectors()[chunk.get(i)] = vector;
                    }
                    missing -= chunk.size();
                } else {
                    chunks.add(chunk);
                }
                monitor.notifyAll();
            }
        }
    }

    /** Texts of like lengths together; long ones first, so that no thread is left with the largest chunk at the end. */
    private ConcurrentLinkedQueue<List<Integer>> chunks(List<String> texts) {
        synchronized (monitor) {
            ConcurrentLinkedQueue<List<Integer>> found = open;
            if (found == null) {
                found = new ConcurrentLinkedQueue<>();
                List<Integer> order = new ArrayList<>();
                for (int i = 0; i < texts.size(); i++) {
                    order.add(i);
                }
                order.sort(Comparator.comparingInt((Integer i) -> -texts.get(i).length()));
                for (int from = 0; from < order.size(); from += CHUNK) {
                    found.add(List.copyOf(order.subList(from, Math.min(order.size(), from + CHUNK))));
                }
                open = found;
            }
            return found;
        }
    }

    @Override
    public void write(Node node) {
        encoder().write(node);
    }
}
