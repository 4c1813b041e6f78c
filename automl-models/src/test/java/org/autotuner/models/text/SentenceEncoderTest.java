package org.autotuner.models.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.bundle.Node;
import org.autotuner.error.BundleException;
import org.autotuner.error.FamilyUnavailableException;
import org.autotuner.prepare.TextEncoder;
import org.autotuner.prepare.TextEncoders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The encoder of the artifact, against ONNX Runtime on the same file, and what becomes of strange texts. */
class SentenceEncoderTest {

    private static SentenceEncoder encoder;

    @BeforeAll
    static void findsTheArtifact() {
        encoder = (SentenceEncoder) TextEncoders.builtIn().orElseThrow();
    }

    private static float[] vectors(TextEncoder by, List<@Nullable String> texts) {
        float[] out = new float[texts.size() * by.width()];
        by.encode(texts, out, Deadline.never());
        return out;
    }

    private static float[] vector(@Nullable String text) {
        return vectors(encoder, Collections.singletonList(text));
    }

    @Test
    void twoHundredSentencesAgreeWithOnnxRuntime() throws OrtException, IOException {
        List<String> texts = MadeSentences.of(200);
        assertThat(new HashSet<>(texts).size()).isGreaterThan(150);
        float[] ours = vectors(encoder, new ArrayList<>(texts));
        Tokens tokens = encoder.loaded().parts().tokens();
        byte[] file;
        try (InputStream in = SentenceEncoderTest.class.getResourceAsStream("/all-minilm-l6-v2.onnx")) {
            file = Objects.requireNonNull(in).readAllBytes();
        }
        double worst = 0;
        int longest = 0;
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(file)) {
            for (int i = 0; i < texts.size(); i++) {
                int[] ids = tokens.ids(texts.get(i), encoder.mostTokens());
                longest = Math.max(longest, ids.length);
                float[] theirs = pooled(environment, session, ids);
                for (int c = 0; c < theirs.length; c++) {
                    worst = Math.max(worst, Math.abs(theirs[c] - ours[i * theirs.length + c]));
                }
            }
        }
        assertThat(longest).isEqualTo(encoder.mostTokens());
        assertThat(worst).isLessThan(1e-4).isGreaterThan(0);
        // In fact some hundred times closer.
        assertThat(worst).isLessThan(5e-6);
    }

    private static float[] pooled(OrtEnvironment environment, OrtSession session, int[] ids) throws OrtException {
        long[][] row = {Arrays.stream(ids).asLongStream().toArray()};
        long[][] ones = {new long[ids.length]};
        Arrays.fill(ones[0], 1);
        try (OnnxTensor tokens = OnnxTensor.createTensor(environment, row);
                OnnxTensor mask = OnnxTensor.createTensor(environment, ones);
                OnnxTensor kinds = OnnxTensor.createTensor(environment, new long[][] {new long[ids.length]});
                OrtSession.Result result =
                        session.run(Map.of("input_ids", tokens, "attention_mask", mask, "token_type_ids", kinds))) {
            float[][] last = ((float[][][]) result.get(0).getValue())[0];
            double[] mean = new double[last[0].length];
            for (float[] token : last) {
                for (int c = 0; c < mean.length; c++) {
                    mean[c] += token[c] / last.length;
                }
            }
            double length = Math.sqrt(Arrays.stream(mean).map(x -> x * x).sum());
            float[] scaled = new float[mean.length];
            for (int c = 0; c < mean.length; c++) {
                scaled[c] = (float) (mean[c] / length);
            }
            return scaled;
        }
    }

    @Test
    void meaningIsNearerThanWords() {
        float[] a = vector("My card payment was declined in the shop");
        float[] b = vector("The store refused to take my credit card");
        float[] c = vector("My card house was built in the living room");
        assertThat(product(a, b)).isGreaterThan(product(a, c) + 0.1);
    }

    private static double product(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Test
    void aTextsVectorDependsOnNoOtherText() {
        List<@Nullable String> texts = new ArrayList<>(MadeSentences.of(12));
        float[] together = vectors(encoder, texts);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(vector(texts.get(i)))
                    .isEqualTo(Arrays.copyOfRange(together, i * encoder.width(), (i + 1) * encoder.width()));
        }
    }

    @Test
    void emptyMissingAndBlankTextsHaveTheirVectors() {
        assertThat(vector(null)).containsOnly(0f);
        float[] empty = vector("");
        assertThat(product(empty, empty)).isCloseTo(1, within(1e-5));
        assertThat(vector(" \n\t ")).isEqualTo(empty);
    }

    @Test
    void overlongTextsAreReadToTheirFirstTokens() {
        String start = "my transfer has not arrived yet ".repeat(60);
        String text = start + "x".repeat(100_000 - start.length());
        assertThat(text).hasSize(100_000);
        assertThat(vector(text)).isEqualTo(vector(start + "something else altogether"));
        float[] word = vector("z".repeat(100_000)); // one unknown word
        assertThat(product(word, word)).isCloseTo(1, within(1e-5));
    }

    @Test
    void emojiAndRightToLeftTextTell() {
        assertThat(vector("I love this 😀")).isNotEqualTo(vector("I love this"));
        float[] hebrew = vector("שלום עולם");
        float[] arabic = vector("مرحبا بالعالم");
        assertThat(hebrew).isNotEqualTo(arabic);
        assertThat(vector("\u202eabc\u202c def")).doesNotContain(Float.NaN);
    }

    @Test
    void halfOfAnEmojiIsTheReplacementCharacter() {
        assertThat(vector("bad \ud83d end")).isEqualTo(vector("bad \ufffd end"));
        assertThat(vector("nul \u0000 inside")).doesNotContain(Float.NaN);
    }

    @Test
    void suitingReadsTheNinetyFifthPercentile() {
        List<String> texts = new ArrayList<>(Collections.nCopies(96, "one two three"));
        texts.addAll(Collections.nCopies(4, "word ".repeat(200)));
        assertThat(encoder.suiting(texts).mostTokens()).isEqualTo(16);
        assertThat(encoder.suiting(Collections.nCopies(10, "word ".repeat(50))).mostTokens())
                .isEqualTo(56);
        assertThat(encoder.suiting(List.of()).mostTokens()).isEqualTo(16);
    }

    @Test
    void theTimeMayEndOnTheWay() {
        List<@Nullable String> texts = new ArrayList<>(Collections.nCopies(10, "text"));
        Deadline over = Deadline.after(java.time.Duration.ZERO);
        assertThatThrownBy(() -> encoder.encode(texts, new float[10 * 384], over))
                .isInstanceOf(DeadlineExceededException.class);
    }

    @Test
    void aModelFileNamesTheArtifact() {
        Node node = Node.root();
        TextEncoders.write(encoder.suiting(List.of("short")), node);
        assertThat(node.bytes()).isLessThan(1000);
        TextEncoder read = TextEncoders.read(node);
        assertThat(read.id()).endsWith("-16");
        assertThat(vectors(read, List.of("short"))).isEqualTo(vector("short"));
        Node other = Node.root()
                .put("kind", "bert")
                .put("tokens", 16)
                .put("checksum", "0".repeat(64))
                .put("named", true);
        assertThatThrownBy(() -> TextEncoders.read(other))
                .isInstanceOf(FamilyUnavailableException.class)
                .hasMessageContaining("Use the version of the artifact");
        assertThatThrownBy(() -> TextEncoders.read(Node.root().put("kind", "word2vec")))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("word2vec");
    }
}
