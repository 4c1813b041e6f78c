package org.autotuner.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.autotuner.prepare.PreparationPlanTest.column;
import static org.autotuner.prepare.PreparationPlanTest.names;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.data.DateTimeColumn;
import org.autotuner.data.Table;
import org.autotuner.data.TextColumn;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

/** Features of texts and dates against their definitions. */
class PreparedTextsAndDatesTest {

    private static Prepared fit(PreparationPlan plan, Table table, int... labels) {
        return PreparationPlanTest.fit(plan, table, Target.ofLabels(labels));
    }

    private static long millis(int year, int month, int day, int hour) {
        return LocalDateTime.of(year, month, day, hour, 0)
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli();
    }

    @Test
    void treesCountTheWordsThatSomeTextsHave() {
        Table table = Table.builder()
                .text("t", "the red apple", "the the green apple", "THE red car!", null)
                .build();
        Prepared prepared = fit(PreparationPlan.forTrees(), table, 0, 1, 0, 1);
        // All texts have "the", which tells nothing.
        assertThat(names(prepared)).contains("t#red", "t#apple", "t#the the").doesNotContain("t#the");
        assertThat(column(prepared.features(), "t#red")).containsExactly(1, 0, 1, 0);
        assertThat(column(prepared.features(), "t#apple")).containsExactly(1, 1, 0, 0);
        assertThat(column(prepared.features(), "t#red apple")).containsExactly(1, 0, 0, 0);
        assertThat(column(prepared.features(), "t#words")).containsExactly(3, 4, 3, Float.NaN);
        FeatureMatrix asked = prepared.preparation()
                .transform(
                        Table.builder().text("t", "apple apple unknown apple").build());
        assertThat(column(asked, "t#apple")).containsExactly(3);
        assertThat(column(asked, "t#red")).containsExactly(0);
        assertThat(column(asked, "t#words")).containsExactly(4);
    }

    @Test
    void sparseWordsAreWeightedByLogarithmsOfTheirCounts() {
        Table table = Table.builder().text("t", "a a b", "b c", "c", "d", null).build();
        Prepared prepared = fit(PreparationPlan.forLinear(), table, 0, 1, 0, 1, 0);
        SparseRows rows = Objects.requireNonNull(prepared.features().sparse());
        // TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2)) of scikit-learn: (1 + ln count) (1 + ln((1 + n) /
        // (1 + texts))), rows of length 1. Texts with each term: a 1, b 2, c 2, d 1, and one for each pair.
        double one = Math.log(5 / 2.0) + 1;
        double two = Math.log(5 / 3.0) + 1;
        double[] first = {(1 + Math.log(2)) * one, two, one, one};
        double length = Math.sqrt(Arrays.stream(first).map(x -> x * x).sum());
        // Then come the runs of characters, which are vectors of their own.
        assertThat(rows.end(0)).isEqualTo(4 + 2);
        float[] got = {rows.value(0), rows.value(1), rows.value(2), rows.value(3)};
        double[] expected = Arrays.stream(first).map(x -> x / length).sorted().toArray();
        Arrays.sort(got);
        for (int i = 0; i < 4; i++) {
            assertThat(got[i]).isCloseTo((float) expected[i], within(1e-6f));
        }
        assertThat(rows.end(2) - rows.start(2)).isEqualTo(2);
        assertThat(rows.value(rows.start(2))).isEqualTo(1);
        assertThat(rows.end(4) - rows.start(4)).isZero();
        assertThat(prepared.preparation().sparseWidth()).isEqualTo(4 + 3 + 4);
    }

    @Test
    void largeTablesKeepOnlyTermsOfSeveralTexts() {
        List<String> texts = IntStream.range(0, 200)
                .mapToObj(row -> row == 7 ? "single" : row % 2 == 0 ? "even" : "odd")
                .toList();
        Table table = Table.builder().column("t", TextColumn.of(texts)).build();
        int[] labels = IntStream.range(0, 200).map(row -> row % 2).toArray();
        Prepared trees = fit(PreparationPlan.forTrees(), table, labels);
        assertThat(names(trees)).contains("t#even", "t#odd").doesNotContain("t#single");
        assertThat(fit(PreparationPlan.forLinear(), table, labels).preparation().sparseWidth())
                .isEqualTo(3 + 9 + 6 + 15);
    }

    @Test
    void denseWordsAreThoseThatTellMostOfTheTarget() {
        // 300 words at random, and two that decide.
        SplittableRandom random = new SplittableRandom(1);
        List<String> texts = new ArrayList<>();
        int[] labels = new int[600];
        for (int row = 0; row < 600; row++) {
            labels[row] = row % 2;
            texts.add("w" + random.nextInt(100) + " x" + random.nextInt(100) + " y" + random.nextInt(100)
                    + (labels[row] == 1 ? " yes" : " no"));
        }
        Table table = Table.builder().column("t", TextColumn.of(texts)).build();
        List<String> names = names(fit(PreparationPlan.forTrees(), table, labels));
        List<String> words = names.subList(names.indexOf("t#no"), names.size());
        assertThat(words).hasSize(200).startsWith("t#no", "t#yes");
        // A regression on the same: the words tell of the value.
        Prepared real = PreparationPlan.forTrees()
                .fit(
                        table,
                        Target.ofValues(
                                Arrays.stream(labels).mapToDouble(l -> 5 + l).toArray()),
                        Weights.none(),
                        RandomTables.context(new RegressionTask("y"), 1));
        assertThat(names(real)).containsSequence("t#no", "t#yes");
    }

    @Test
    void partsOfDatesThatVaryBecomeFeatures() {
        Table table = Table.builder()
                .column(
                        "d",
                        DateTimeColumn.of(
                                millis(2023, 3, 1, 0),
                                millis(2023, 3, 2, 0),
                                millis(2023, 3, 9, 0),
                                DateTimeColumn.MISSING))
                .build();
        Prepared trees = fit(PreparationPlan.forTrees(), table, 0, 1, 0, 1);
        assertThat(names(trees)).containsExactly("d#epochDay", "d#day", "d#weekday", "d#dayOfYear");
        // 2023-03-01 was a Wednesday, day 60 of its year and 19417 of the epoch.
        assertThat(column(trees.features(), "d#epochDay")).containsExactly(19417, 19418, 19425, Float.NaN);
        assertThat(column(trees.features(), "d#day")).containsExactly(1, 2, 9, Float.NaN);
        assertThat(column(trees.features(), "d#weekday")).containsExactly(3, 4, 4, Float.NaN);
        assertThat(column(trees.features(), "d#dayOfYear")).containsExactly(60, 61, 68, Float.NaN);
        Prepared kernels = fit(PreparationPlan.forKernels(), table, 0, 1, 0, 1);
        assertThat(names(kernels))
                .containsExactly(
                        "d#epochDay",
                        "d#day",
                        "d#weekday",
                        "d#dayOfYear",
                        "d#weekdaySin",
                        "d#weekdayCos",
                        "d#dayOfYearSin",
                        "d#dayOfYearCos",
                        "d#missing");
        assertThat(column(kernels.features(), "d#missing")).containsExactly(0, 0, 0, 1);
        // Weekday 3 is 2/7 of a turn; the missing one gets the median of days 1, 2 and 9, which is the second.
        assertThat(column(kernels.features(), "d#weekdaySin")[0])
                .isCloseTo((float) Math.sin(4 * Math.PI / 7), within(1e-6f));
        assertThat(column(kernels.features(), "d#day")[3]).isEqualTo(column(kernels.features(), "d#day")[1]);
    }

    @Test
    void onlyMissingDatesVaryWhereAllOthersAreEqual() {
        Table table = Table.builder()
                .column("d", DateTimeColumn.of(millis(2023, 3, 1, 0), DateTimeColumn.MISSING))
                .column("e", DateTimeColumn.of(DateTimeColumn.MISSING, DateTimeColumn.MISSING))
                .column("f", DateTimeColumn.of(5, 5))
                .build();
        assertThat(names(fit(PreparationPlan.forTrees(), table, 0, 1))).containsExactly("d#epochDay");
        assertThat(names(fit(PreparationPlan.forKernels(), table, 0, 1))).containsExactly("d#missing");
    }

    @Test
    void cyclicPartsOfDatesAreAnglesOfACircle() {
        double[] parts = new double[DateParts.NAMES.size()];
        DateParts.read(DateTimeColumn.of(millis(2024, 10, 2, 6) + 1_800_000), 0, parts);
        Map<String, Double> turns =
                Map.of("month", 9 / 12.0, "weekday", 2 / 7.0, "dayOfYear", 275 / 365.25, "hour", 6.5 / 24);
        turns.forEach((name, turn) -> {
            assertThat(parts[DateParts.NAMES.indexOf(name + "Sin")])
                    .as(name)
                    .isCloseTo(Math.sin(2 * Math.PI * turn), within(1e-12));
            assertThat(parts[DateParts.NAMES.indexOf(name + "Cos")])
                    .as(name)
                    .isCloseTo(Math.cos(2 * Math.PI * turn), within(1e-12));
        });
        assertThat(parts[0]).isEqualTo(millis(2024, 10, 2, 0) / 86_400_000.0 + 6.5 / 24);
        assertThat(parts[6]).isEqualTo(6.5);
        DateParts.read(DateTimeColumn.of(DateTimeColumn.MISSING), 0, parts);
        assertThat(parts).containsOnly(Double.NaN);
    }

    @Test
    void countsMayBeLeftToTheTermsAlone() {
        Table table = Table.builder()
                .text("t", "red car", "Red Cars!!", "blue 12", null)
                .build();
        PreparationPlan plain = PreparationPlan.forLinear();
        Prepared terms = fit(plain.withoutTextCounts(), table, 0, 1, 0, 1);
        assertThat(names(fit(plain, table, 0, 1, 0, 1))).contains("t#digits");
        assertThat(names(terms)).noneMatch(name -> name.startsWith("t#"));
        assertThat(terms.preparation().sparseWidth())
                .isEqualTo(fit(plain, table, 0, 1, 0, 1).preparation().sparseWidth());
        assertThat(plain.withoutTextCounts().id())
                .isNotEqualTo(plain.id())
                .isNotEqualTo(plain.withoutCodes().id());
    }

    @Test
    void emptyAndForeignTextsAreCountedToo() {
        double[] counts = new double[TextCounts.NAMES.size()];
        TextCounts.read(TextColumn.of(List.of("")), 0, counts);
        assertThat(counts).containsOnly(0);
        TextCounts.read(TextColumn.of(List.of("\u00c9t\u00e9 \u20ac?")), 0, counts);
        // Six characters, two words of five characters; the euro sign is no ASCII punctuation.
        assertThat(counts).containsExactly(6, 2, 2.5, 1 / 6.0, 0, 1 / 6.0, 1 / 6.0, 3 / 6.0, 0, 1);
        List<String> missing = new ArrayList<>();
        missing.add(null);
        TextCounts.read(TextColumn.of(missing), 0, counts);
        assertThat(counts).containsOnly(Double.NaN);
    }
}
