package org.autotuner.prepare;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.autotuner.budget.Deadline;
import org.autotuner.bundle.Node;
import org.autotuner.error.DataException;
import org.jspecify.annotations.Nullable;

/** Encoders that count letters: of the first {@code most} characters how many are a, b and c. */
public final class LetterEncoders implements TextEncoderProvider {

    /** An encoder that counts its calls, too. */
    public static final class Letters implements TextEncoder {

        private final int most;
        final AtomicInteger encoded;
        private final Runnable atEachText;

        public Letters(int most) {
            this(most, new AtomicInteger(), () -> {});
        }

        Letters(int most, AtomicInteger encoded, Runnable atEachText) {
            this.most = most;
            this.encoded = encoded;
            this.atEachText = atEachText;
        }

        @Override
        public String id() {
            return "letters-" + most;
        }

        @Override
        public int width() {
            return 3;
        }

        @Override
        public int mostTokens() {
            return most;
        }

        @Override
        public int[] tokens(String text) {
            return ("^" + text).chars().limit(most).toArray();
        }

        @Override
        public TextEncoder suiting(List<String> texts) {
            int longest = texts.stream().mapToInt(String::length).max().orElse(1);
            return new Letters(longest, encoded, atEachText);
        }

        @Override
        public double seconds(List<String> texts) {
            return 0.5 * texts.size();
        }

        @Override
        public long bytes() {
            return 100;
        }

        @Override
        public void encode(List<@Nullable String> texts, float[] out, Deadline deadline) {
            for (int i = 0; i < texts.size(); i++) {
                deadline.check();
                atEachText.run();
                encoded.incrementAndGet();
                @Nullable String text = texts.get(i);
                for (int c = 0; c < 3; c++) {
                    out[3 * i + c] = text == null ? 0 : count(text, (char) ('a' + c));
                }
            }
        }

        private int count(String text, char letter) {
            return (int) text.chars().limit(most).filter(c -> c == letter).count();
        }

        @Override
        public void write(Node node) {
            node.put("kind", "letters").put("most", most);
        }
    }

    @Override
    public String kind() {
        return "letters";
    }

    @Override
    public Optional<TextEncoder> builtIn() {
        return Optional.of(new Letters(1));
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public TextEncoder open(Path folder) {
        throw new DataException("There are no folders of letters: " + folder);
    }

    @Override
    public TextEncoder read(Node node) {
        return new Letters(node.integer("most", 1, 1000));
    }
}
