package org.autotuner.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.bundle.Node;
import org.autotuner.data.Table;
import org.autotuner.error.BundleException;
import org.autotuner.error.DataException;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Tasks;
import org.autotuner.task.Weights;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SentencesTest {

    private static final Table TABLE = Table.builder()
            .numeric("n", 1, 2, 3, 5)
            .text("t", "aab", "", null, "abcabc")
            .categorical("k", "x", "y", "x", "y")
            .text("u", "c", "cc", "ccc", "b")
            .build();
    private static final float SCALE = (float) Math.sqrt(3);

    private static Prepared fit(Preparation plan, Table table) {
        Task task = Tasks.regression("y");
        return plan.fit(
                table,
                Target.ofValues(new double[table.rowCount()]),
                Weights.none(),
                new PrepareContext(task, 1, Deadline.never()));
    }

    private static Preparation plan(TextEncoder encoder) {
        return new SentencePreparation(PreparationPlan.forTrees(), encoder);
    }

    @Test
    void vectorsStandBehindTheOtherColumns() {
        Prepared prepared = fit(plan(new LetterEncoders.Letters(100)), TABLE);
        FeatureMatrix matrix = prepared.features();
        assertThat(matrix.features().stream().map(Feature::name))
                .containsExactly("n", "k", "t@0", "t@1", "t@2", "u@0", "u@1", "u@2");
        assertThat(matrix.features().get(3).source()).isEqualTo("t");
        assertThat(row(matrix, 0)).containsExactly(1, 0, 2 * SCALE, SCALE, 0, 0, 0, SCALE);
        assertThat(Arrays.copyOfRange(row(matrix, 1), 2, 8)).containsExactly(0, 0, 0, 0, 0, 2 * SCALE);
        assertThat(Arrays.copyOfRange(row(matrix, 2), 2, 8))
                .as("a missing text")
                .containsExactly(0, 0, 0, 0, 0, 3 * SCALE);
        FeatureMatrix again = prepared.preparation().transform(TABLE);
        assertThat(again.denseArray()).isEqualTo(matrix.denseArray());
    }

    private static float[] row(FeatureMatrix matrix, int row) {
        return Arrays.copyOfRange(matrix.denseArray(), row * matrix.width(), (row + 1) * matrix.width());
    }

    @Test
    void aTableOfTextsAloneHasVectorsAlone() {
        Table table = TABLE.columns(List.of("t"));
        Prepared prepared = fit(plan(new LetterEncoders.Letters(100)), table);
        assertThat(prepared.features().width()).isEqualTo(3);
        assertThat(prepared.preparation().sparseWidth()).isZero();
    }

    @Test
    void namesOfFeaturesAreDifferent() {
        Table table =
                Table.builder().numeric("t@1", 1, 2, 3).text("t", "a", "b", "c").build();
        assertThat(fit(plan(new LetterEncoders.Letters(1)), table).preparation().features().stream()
                        .map(Feature::name))
                .containsExactly("t@1", "t@0", "t@1~", "t@2");
    }

    @Test
    void whatWasWrittenIsReadWithTheEncoder() {
        FittedPreparation fitted =
                fit(plan(new LetterEncoders.Letters(2)), TABLE).preparation();
        assertThat(fitted.encoder().orElseThrow().id()).isEqualTo("letters-2");
        Node node = Node.root();
        fitted.write(node);
        FittedPreparation read = FittedPreparations.read(node, id -> {
            assertThat(id).isEqualTo("letters-2");
            return new LetterEncoders.Letters(2);
        });
        assertThat(read.features()).isEqualTo(fitted.features());
        assertThat(read.transform(TABLE).denseArray())
                .isEqualTo(fitted.transform(TABLE).denseArray());
        assertThatThrownBy(() -> FittedPreparations.read(node))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("letters-2");
        node.put("texts", new int[] {0});
        assertThatThrownBy(() -> FittedPreparations.read(node, id -> new LetterEncoders.Letters(2)))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("no text");
    }

    @Test
    void tokensStandBehindTheVectors() {
        Table table = TABLE.columns(List.of("n", "t"));
        Prepared prepared = fit(SentencePreparation.ofTokens(new LetterEncoders.Letters(3)), table);
        FeatureMatrix matrix = prepared.features();
        assertThat(matrix.width()).isEqualTo(6);
        assertThat(row(matrix, 0)).containsExactly(2 * SCALE, SCALE, 0, '^', 'a', 'a');
        assertThat(row(matrix, 1)).containsExactly(0, 0, 0, '^', -1, -1);
        assertThat(row(matrix, 2)).containsExactly(0, 0, 0, '^', -1, -1);
        Node node = Node.root();
        prepared.preparation().write(node);
        FittedPreparation read = FittedPreparations.read(node, id -> new LetterEncoders.Letters(3));
        assertThat(read.transform(table).denseArray()).isEqualTo(matrix.denseArray());
    }

    @Test
    void aTableOfOtherColumnsIsRefused() {
        FittedPreparation fitted =
                fit(plan(new LetterEncoders.Letters(2)), TABLE).preparation();
        assertThatThrownBy(() -> fitted.transform(TABLE.columns(List.of("n", "t", "k"))))
                .isInstanceOf(DataException.class);
    }

    @Test
    void preparationsOfOneTableShareTheVectors() {
        AtomicInteger encoded = new AtomicInteger();
        TextEncoder encoder = new LetterEncoders.Letters(100, encoded, () -> {});
        FittedPreparation one = fit(plan(encoder), TABLE).preparation();
        FittedPreparation two = fit(new SentencePreparation(PreparationPlan.forLinear(), encoder), TABLE)
                .preparation();
        encoded.set(0);
        SharedVectors shared = new SharedVectors();
        one.transform(TABLE, shared);
        two.transform(TABLE, shared);
        assertThat(encoded.get()).isEqualTo(8);
    }

    @Test
    void aStudyEncodesEachTextOnce() {
        AtomicInteger encoded = new AtomicInteger();
        Table table = Table.builder().text("t", "a", "b", "a", null, "ab").build();
        SentenceVectors vectors = SentenceVectors.of(new LetterEncoders.Letters(1, encoded, () -> {}), table);
        assertThat(vectors.size()).isEqualTo(3);
        assertThat(vectors.secondsLeft()).isEqualTo(1.5);
        assertThat(vectors.id()).as("suits the longest text").isEqualTo("letters-2");
        Preparation plan = plan(vectors);
        fit(plan, table.rows(new int[] {0, 1}));
        assertThat(encoded.get()).isEqualTo(3);
        assertThat(vectors.secondsLeft()).isZero();
        FittedPreparation fitted = fit(plan, table).preparation();
        assertThat(encoded.get()).as("the missing text alone").isEqualTo(4);
        Table others = Table.builder().text("t", "a", "bb").build();
        assertThat(fitted.transform(others).denseArray()).containsExactly(SCALE, 0, 0, 0, 2 * SCALE, 0);
        assertThat(encoded.get()).isEqualTo(5);
        vectors.forget();
        assertThat(fitted.transform(others).denseArray()).containsExactly(SCALE, 0, 0, 0, 2 * SCALE, 0);
        assertThat(encoded.get()).isEqualTo(7);
    }

    @Test
    void threadsShareTheWork() throws Exception {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            texts.add("a".repeat(i));
        }
        CountDownLatch both = new CountDownLatch(2);
        ThreadLocal<Boolean> isKnown = ThreadLocal.withInitial(() -> false);
        AtomicInteger encoded = new AtomicInteger();
        // Nobody gets beyond a first text before the other thread has one, too.
        Runnable meet = () -> {
            if (!isKnown.get()) {
                isKnown.set(true);
                both.countDown();
                try {
                    assertThat(both.await(20, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        Table table = Table.builder().text("t", texts.toArray(new String[0])).build();
        SentenceVectors vectors = SentenceVectors.of(new LetterEncoders.Letters(1, encoded, meet), table);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<float[]>> results = new ArrayList<>();
            for (int thread = 0; thread < 2; thread++) {
                results.add(threads.submit(() -> {
                    float[] out = new float[1200];
                    vectors.encode(new ArrayList<@Nullable String>(texts), out, Deadline.never());
                    return out;
                }));
            }
            assertThat(results.get(0).get()).isEqualTo(results.get(1).get());
            assertThat(results.get(0).get()[3 * 399]).isEqualTo(399);
        } finally {
            threads.shutdownNow();
        }
        assertThat(encoded.get()).isEqualTo(400);
    }

    @Test
    void whatOneThreadsDeadlineCutsOffAnotherDoes() {
        AtomicInteger encoded = new AtomicInteger();
        Table table = Table.builder().text("t", "a", "b", "ab").build();
        SentenceVectors vectors = SentenceVectors.of(new LetterEncoders.Letters(1, encoded, () -> {}), table);
        List<@Nullable String> one = new ArrayList<>(List.of("a"));
        Deadline over = Deadline.after(Duration.ZERO);
        assertThatThrownBy(() -> vectors.encode(one, new float[3], over)).isInstanceOf(DeadlineExceededException.class);
        float[] out = new float[3];
        vectors.encode(one, out, Deadline.never());
        assertThat(out).containsExactly(1, 0, 0);
        assertThat(encoded.get()).isEqualTo(3);
    }
}
