package org.autotuner.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.budget.Deadline;
import org.autotuner.bundle.Node;
import org.autotuner.data.ColumnType;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Role;
import org.autotuner.data.Table;
import org.autotuner.error.DataException;
import org.autotuner.profile.ProfileWarning.Kind;
import org.junit.jupiter.api.Test;

class ProfileTest {

    private static final int ROWS = 400;

    private static String[] texts(int rows, java.util.function.IntFunction<String> of) {
        return IntStream.range(0, rows).mapToObj(of).toArray(String[]::new);
    }

    private static Table suspicious() {
        SplittableRandom random = new SplittableRandom(3);
        double[] x = random.doubles(ROWS).toArray();
        double[] rows =
                IntStream.range(0, ROWS).asDoubleStream().map(v -> 2 * v + 5).toArray();
        double[] empty = new double[ROWS];
        Arrays.fill(empty, Double.NaN);
        double[] sparse = x.clone();
        Arrays.fill(sparse, 0, 300, Double.NaN);
        String[] y = texts(ROWS, i -> i < 3 ? "rare" : x[i] > 0.5 ? "yes" : "no");
        return Table.builder()
                .numeric("noise", random.doubles(ROWS).toArray())
                .numeric("counter", rows)
                .categorical("name", texts(ROWS, i -> "u" + i))
                .categorical("colour", texts(ROWS, i -> "c" + i % 3))
                .categorical("farbe", texts(ROWS, i -> "f" + i % 3))
                .categorical("same", texts(ROWS, i -> "a"))
                .numeric("empty", empty)
                .numeric("sparse", sparse)
                .categorical("many", texts(ROWS, i -> "m" + i / 2))
                .categorical("leak", y.clone())
                .categorical("y", y)
                .build();
    }

    private static Profile profile(Table table) {
        return Profile.of(table, "y", Deadline.never());
    }

    private static List<String> columns(Profile profile, Kind kind) {
        return profile.warnings().stream()
                .filter(warning -> warning.kind() == kind)
                .map(ProfileWarning::column)
                .toList();
    }

    @Test
    void suspiciousColumnsAreNamed() {
        Profile profile = profile(suspicious());
        assertThat(columns(profile, Kind.CONSTANT)).containsExactly("same");
        assertThat(columns(profile, Kind.EMPTY)).containsExactly("empty");
        assertThat(columns(profile, Kind.MISSING)).containsExactly("sparse");
        assertThat(columns(profile, Kind.ID_LIKE)).containsExactly("counter", "name");
        assertThat(columns(profile, Kind.HIGH_CARDINALITY)).containsExactly("many");
        assertThat(columns(profile, Kind.DUPLICATE_COLUMNS)).containsExactly("farbe");
        assertThat(columns(profile, Kind.LEAKAGE)).containsExactly("leak");
        assertThat(columns(profile, Kind.RARE_CLASS)).containsExactly("y");
        assertThat(columns(profile, Kind.IMBALANCE)).containsExactly("y");
        assertThat(columns(profile, Kind.DUPLICATE_ROWS)).isEmpty();
    }

    @Test
    void everyWarningIsASentenceWithAdvice() {
        for (ProfileWarning warning : profile(suspicious()).warnings()) {
            assertThat(warning.toString()).endsWith(".").hasSizeGreaterThan(40);
        }
    }

    @Test
    void rolesAreSuggestedForTheUselessOnly() {
        assertThat(profile(suspicious()).suggestedRoles())
                .containsOnlyKeys("counter", "name", "same", "empty")
                .containsEntry("counter", Role.ID)
                .containsEntry("name", Role.ID)
                .containsEntry("same", Role.IGNORED);
    }

    @Test
    void uniqueNumbersThatAreNoCounterAreNoIds() {
        double[] shuffled =
                IntStream.range(0, ROWS).mapToDouble(i -> (i * 37) % ROWS).toArray();
        Profile profile = Profile.of(Table.builder().numeric("v", shuffled).build(), Deadline.never());
        assertThat(profile.column("v").orElseThrow().idLike()).isFalse();
        assertThat(profile.column("v").orElseThrow().distinct()).isEqualTo(ROWS);
    }

    @Test
    void numbersAreSummedUpByDefinition() {
        double[] values = IntStream.rangeClosed(1, 101).asDoubleStream().toArray();
        Distribution distribution = Profile.of(
                        Table.builder().numeric("v", values).build(), Deadline.never())
                .column("v")
                .orElseThrow()
                .distribution();
        assertThat(distribution.mean()).isEqualTo(51);
        // Of 1..n the variance is (n * n - 1) / 12.
        assertThat(distribution.deviation()).isCloseTo(Math.sqrt((101.0 * 101 - 1) / 12), within(1e-9));
        assertThat(distribution.quantiles()).containsExactly(1.0, 6.0, 26.0, 51.0, 76.0, 96.0, 101.0);
        assertThat(distribution.shares()).hasSize(20).allMatch(share -> share > 0.03 && share < 0.07);
        assertThat(distribution.shares().stream().mapToDouble(v -> v).sum()).isCloseTo(1, within(1e-9));
    }

    @Test
    void repeatedRowsAreFound() {
        int[] twice = IntStream.range(0, 120).map(i -> i % 100).toArray();
        Table table = suspicious().rows(twice);
        assertThat(columns(profile(table), Kind.DUPLICATE_ROWS)).containsExactly("");
        assertThat(profile(table).warnings().toString()).contains("16.7 %");
    }

    @Test
    void aRealTargetGivenAwayIsFoundAndAGoodFeatureIsNot() {
        SplittableRandom random = new SplittableRandom(8);
        double[] y = random.doubles(1000).toArray();
        double[] leak = Arrays.stream(y).map(v -> 3 * v - 1).toArray();
        double[] good =
                Arrays.stream(y).map(v -> v + 0.2 * random.nextGaussian()).toArray();
        Table table = Table.builder()
                .numeric("leak", leak)
                .numeric("good", good)
                .numeric("y", y)
                .build();
        assertThat(columns(profile(table), Kind.LEAKAGE)).containsExactly("leak");
    }

    @Test
    void missingTargetsAreSerious() {
        Table table =
                Table.builder().numeric("x", 1, 2).categorical("y", "a", null).build();
        assertThat(columns(profile(table), Kind.MISSING_TARGET)).containsExactly("y");
        assertThatThrownBy(() -> Profile.of(table, "z", Deadline.never())).isInstanceOf(DataException.class);
    }

    @Test
    void shiftIsFoundWhereThereIsOne() {
        SplittableRandom random = new SplittableRandom(2);
        Table before = Table.builder()
                .numeric("still", random.doubles(2000).toArray())
                .numeric("moved", random.doubles(2000).toArray())
                .numeric("gone", random.doubles(2000).toArray())
                .categorical("mix", texts(2000, i -> "c" + i % 4))
                .build();
        Table now = Table.builder()
                .numeric("still", random.doubles(500).toArray())
                .numeric("moved", random.doubles(500).map(v -> v + 0.5).toArray())
                .categorical("mix", texts(500, i -> "c" + (i % 10 == 0 ? 1 : 9)))
                .build();
        Node node = Node.root();
        Profile.of(before, Deadline.never()).write(node);
        ShiftReport report = Profile.read(node).shift(now);
        assertThat(report.warnings().stream().map(ProfileWarning::column)).containsExactly("moved", "gone", "mix");
        assertThat(report.columns().get(0).psi()).isLessThan(0.15);
        // Half of the mass has moved beyond the old range.
        assertThat(report.columns().get(1).ks()).isCloseTo(0.5, within(0.06));
        assertThat(Profile.shift(before, before).warnings()).isEmpty();
        Table retyped = now.withType("still", ColumnType.TEXT);
        assertThat(Profile.shift(before, retyped).warnings().get(0).message()).contains("TEXT");
    }

    @Test
    void aProfileSurvivesTheModelFile() {
        Profile profile = profile(suspicious());
        Node node = Node.root();
        profile.write(node);
        Profile again = Profile.read(node);
        assertThat(again.columns()).isEqualTo(profile.columns());
        assertThat(again.warnings()).isEqualTo(profile.warnings());
        assertThat(again.target()).isEqualTo(profile.target());
        assertThat(again.rowCount()).isEqualTo(ROWS);
    }

    @Test
    void anEndedDeadlineIsTold() {
        Profile profile = Profile.of(suspicious(), "y", Deadline.after(Duration.ZERO));
        assertThat(columns(profile, Kind.INCOMPLETE)).containsExactly("");
    }

    @Test
    void twoRowsEmptyTablesAndManyColumnsAreProfiled() {
        assertThat(profile(Table.builder()
                                .numeric("x", 1, 2)
                                .categorical("y", "a", "b")
                                .build())
                        .columns())
                .hasSize(2);
        assertThat(Profile.of(Table.builder().numeric("x").build(), Deadline.never())
                        .rowCount())
                .isZero();
        Table.Builder wide = Table.builder();
        for (int i = 0; i < 10_000; i++) {
            wide.numeric("c" + i, i, 2 * i, -i);
        }
        assertThat(Profile.of(wide.build(), Deadline.never()).columns()).hasSize(10_000);
    }

    @Test
    void aMillionRowsAreProfiledBySample() {
        float[] values = new float[1_000_000];
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble();
        }
        values[999_999] = Float.NaN;
        Table table = Table.builder().column("v", NumericColumn.of(values)).build();
        ColumnProfile column = Profile.of(table, Deadline.never()).column("v").orElseThrow();
        assertThat(column.distribution().mean()).isCloseTo(0.5, within(0.01));
        assertThat(column.missingShare()).isEqualTo(1e-6);
    }
}
