package org.autotuner.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.autotuner.prepare.PreparationPlanTest.names;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.autotuner.budget.Deadline;
import org.autotuner.bundle.Node;
import org.autotuner.data.Table;
import org.autotuner.data.TextColumn;
import org.autotuner.task.Target;
import org.junit.jupiter.api.Test;

/** Terms against scikit-learn, topics against the singular value decomposition that they are. */
class TermsAndTopicsTest {

    private static final List<String> TEXTS =
            List.of("Free entry! Win £100 now", "ok lor... see you", "win a free phone", "see the phone");

    private static List<String> terms(TermKind kind, String text) {
        List<String> terms = new ArrayList<>();
        new TermScanner(kind).scan(text, (buffer, from, to) -> terms.add(new String(buffer, from, to - from)));
        return terms;
    }

    private static Vocabulary vocabulary(TermKind kind) {
        Table table = Table.builder().column("t", TextColumn.of(TEXTS)).build();
        FitInput input = new FitInput(
                table,
                Target.ofLabels(0, 1, 0, 1),
                org.autotuner.task.Weights.none(),
                RandomTables.context(RandomTables.BINARY, 1));
        TermCounts counts = TermCounts.of(kind, input, 0, new int[] {0, 1, 2, 3});
        return counts.vocabulary(counts.frequent(1, 1000));
    }

    private static TreeMap<Double, Integer> vector(TermKind kind, String text) {
        TreeMap<Double, Integer> howMany = new TreeMap<>();
        vocabulary(kind).vector(text, (term, value) -> howMany.merge(Math.round(value * 1e5) / 1e5, 1, Integer::sum));
        return howMany;
    }

    @Test
    void wordsAndTheirPairsAreTerms() {
        assertThat(terms(TermKind.WORDS, "The cat, THE dog"))
                .containsExactly("the", "cat", "the cat", "the", "cat the", "dog", "the dog");
        assertThat(terms(TermKind.WORDS, "")).isEmpty();
        assertThat(terms(TermKind.WORDS, " one ")).containsExactly("one");
        assertThat(terms(TermKind.WORDS, "-- !")).isEmpty();
    }

    @Test
    void runsOfCharactersStayWithinWordsAndTheirBlanks() {
        // CountVectorizer(analyzer='char_wb', ngram_range=(3, 5)) of scikit-learn.
        assertThat(terms(TermKind.CHARACTERS, "Ab\tc")).containsExactly(" ab", "ab ", " ab ", " c ");
        assertThat(terms(TermKind.CHARACTERS, "now")).containsExactly(" no", "now", "ow ", " now", "now ", " now ");
    }

    @Test
    void vectorsAreThoseOfScikitLearn() {
        // TfidfVectorizer(sublinear_tf=True, max_df=3, ...) fitted on TEXTS: values and how many terms have them.
        String text = "phone phone win, win win!";
        assertThat(vector(TermKind.WORDS, text))
                .containsExactlyInAnyOrderEntriesOf(new TreeMap<>(java.util.Map.of(0.62791, 1, 0.77828, 1)));
        assertThat(vector(TermKind.CHARACTERS, text))
                .containsExactlyInAnyOrderEntriesOf(
                        new TreeMap<>(java.util.Map.of(0.14056, 3, 0.23799, 12, 0.29498, 3)));
        assertThat(vector(TermKind.CHARACTERS, TEXTS.get(3)))
                .containsExactlyInAnyOrderEntriesOf(new TreeMap<>(java.util.Map.of(0.1937, 17, 0.24568, 6)));
        assertThat(vocabulary(TermKind.CHARACTERS).size()).isEqualTo(92);
        assertThat(vector(TermKind.WORDS, "nothing known")).isEmpty();
    }

    @Test
    void otherScriptsHaveTerms() {
        assertThat(terms(TermKind.WORDS, "我爱 Java")).containsExactly("我", "爱", "我 爱", "java", "爱 java");
        // Arabic with vowel marks, Hindi with vowel signs: marks belong to their words.
        assertThat(terms(TermKind.WORDS, "مُحَمَّد")).hasSize(1);
        assertThat(terms(TermKind.WORDS, "नमस्ते दुनिया")).hasSize(3);
        // No character of two halves is ever cut.
        String face = "\uD83D\uDE00";
        assertThat(terms(TermKind.CHARACTERS, "a" + face + face + "b")).allSatisfy(term -> {
            assertThat(Character.isLowSurrogate(term.charAt(0))).isFalse();
            assertThat(Character.isHighSurrogate(term.charAt(term.length() - 1)))
                    .isFalse();
        });
        assertThat(terms(TermKind.CHARACTERS, face)).containsExactly(" " + face, face + " ", " " + face + " ");
        // No locale changes what a model reads.
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(terms(TermKind.WORDS, "WIN")).containsExactly("win");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void longTextsAreReadUpToALimit() {
        String text = "ab ".repeat(TermScanner.LONGEST / 3) + "x end";
        assertThat(text.length()).isGreaterThan(TermScanner.LONGEST);
        assertThat(terms(TermKind.WORDS, text)).contains("ab", "ab x").doesNotContain("end");
    }

    @Test
    void aTableOfTermsNumbersThemLikeAMap() {
        SplittableRandom random = new SplittableRandom(3);
        TermTable table = new TermTable(1);
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            String term = Integer.toString(random.nextInt(6000), 3);
            char[] buffer = ("x" + term + "y").toCharArray();
            int known = order.indexOf(term);
            assertThat(table.find(buffer, 1, buffer.length - 1)).isEqualTo(known);
            assertThat(table.add(buffer, 1, buffer.length - 1)).isEqualTo(known < 0 ? order.size() : known);
            if (known < 0) {
                order.add(term);
            }
            if (i > 2000 && i % 50 != 0) {
                i += 40;
            }
        }
        assertThat(table.size()).isEqualTo(order.size());
    }

    @Test
    void topicsAreTheLeadingSingularVectors() {
        // Rows = U S V' with known V: orthonormal columns made from a few reflections, singular values 9, 6, 4, 1, 1,
        // ...
        int width = 40;
        int rank = 6;
        double[] values = {9, 6, 4, 1, 0.5, 0.25};
        SplittableRandom random = new SplittableRandom(5);
        double[][] right = orthonormal(rank, width, random);
        double[][] left = orthonormal(rank, 120, random);
        SparseRowsBuilder rows = new SparseRowsBuilder(width, 120, width);
        for (int row = 0; row < 120; row++) {
            for (int j = 0; j < width; j++) {
                double cell = 0;
                for (int k = 0; k < rank; k++) {
                    cell += left[k][row] * values[k] * right[k][j];
                }
                rows.add(j, (float) cell);
            }
            rows.endRow();
        }
        float[] found = new TruncatedSvd(rows.build(), 3, new SplittableRandom(1), Deadline.never()).directions();
        for (int k = 0; k < 3; k++) {
            double product = 0;
            for (int j = 0; j < width; j++) {
                product += found[j * 3 + k] * right[k][j];
            }
            assertThat(Math.abs(product)).as("vector %d", k).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void eigenvectorsSolveTheirEquation() {
        double[] matrix = {4, 1, -2, 1, 3, 0.5, -2, 0.5, 1};
        double[] vectors = SymmetricEigen.vectors(matrix.clone(), 3);
        double before = Double.POSITIVE_INFINITY;
        for (int k = 0; k < 3; k++) {
            double[] image = new double[3];
            double value = 0;
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    image[i] += matrix[i * 3 + j] * vectors[j * 3 + k];
                }
                value += image[i] * vectors[i * 3 + k];
            }
            for (int i = 0; i < 3; i++) {
                assertThat(image[i]).isCloseTo(value * vectors[i * 3 + k], within(1e-12));
            }
            assertThat(value).isLessThan(before);
            before = value;
        }
    }

    @Test
    void textsOfOneSubjectAreNearInTopics() {
        // Two subjects that share no word; no text has the same words as another.
        List<String> texts = new ArrayList<>();
        int[] labels = new int[200];
        SplittableRandom random = new SplittableRandom(8);
        for (int row = 0; row < 200; row++) {
            labels[row] = row % 2;
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < 8; word++) {
                text.append(labels[row] == 0 ? "ball" : "bank")
                        .append(random.nextInt(15))
                        .append(' ');
            }
            texts.add(text.toString());
        }
        texts.set(4, "");
        Table table = Table.builder().column("t", TextColumn.of(texts)).build();
        for (PreparationPlan plan : List.of(PreparationPlan.forKernels(), PreparationPlan.forTrees())) {
            Prepared prepared = PreparationPlanTest.fit(plan, table, Target.ofLabels(labels));
            List<String> names = names(prepared);
            int first = names.indexOf("t#topic1");
            int last = names.lastIndexOf("t#topic20");
            assertThat(last).isEqualTo(first + 19);
            assertThat(names).doesNotContain("t#topic21");
            double same = 0;
            double other = 0;
            for (int row = 6; row < 200; row++) {
                double squares = 0;
                for (int k = first; k <= last; k++) {
                    double cell = prepared.features().at(row, k);
                    squares += cell * cell;
                    same += cell * prepared.features().at(row - 2, k);
                    other += cell * prepared.features().at(row - 1, k);
                }
                assertThat(squares).isCloseTo(20, within(1e-3));
            }
            assertThat(same).isGreaterThan(4 * Math.abs(other));
            for (int k = first; k <= last; k++) {
                assertThat(prepared.features().at(4, k)).isZero();
            }
            Node node = Node.root();
            prepared.preparation().write(node);
            assertThat(FittedPreparations.read(node).transform(table).at(7, first))
                    .isEqualTo(prepared.features().at(7, first));
        }
        // Short texts give trees their words alone.
        Table names = Table.builder()
                .column("t", TextColumn.of(Collections.nCopies(100, "Ann Lee")))
                .column(
                        "u",
                        TextColumn.of(texts.subList(0, 100).stream()
                                .map(text -> text.substring(0, Math.min(12, text.length())))
                                .toList()))
                .build();
        assertThat(names(PreparationPlanTest.fit(
                        PreparationPlan.forTrees(), names, Target.ofLabels(Arrays.copyOf(labels, 100)))))
                .noneMatch(name -> name.contains("topic"));
    }

    private static double[][] orthonormal(int count, int length, SplittableRandom random) {
        double[][] vectors = new double[count][length];
        for (int k = 0; k < count; k++) {
            for (int j = 0; j < length; j++) {
                vectors[k][j] = random.nextDouble() - 0.5;
            }
            for (int a = 0; a < k; a++) {
                double product = 0;
                for (int j = 0; j < length; j++) {
                    product += vectors[a][j] * vectors[k][j];
                }
                for (int j = 0; j < length; j++) {
                    vectors[k][j] -= product * vectors[a][j];
                }
            }
            double norm = Math.sqrt(Arrays.stream(vectors[k]).map(x -> x * x).sum());
            for (int j = 0; j < length; j++) {
                vectors[k][j] /= norm;
            }
        }
        return vectors;
    }
}
