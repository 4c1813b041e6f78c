package org.autotuner.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.bundle.Node;
import org.autotuner.error.BundleException;
import org.autotuner.error.DataException;
import org.junit.jupiter.api.Test;

class SchemaAlignTest {

    private static final Table TRAINED = Table.builder()
            .numeric("age", 20, 30.5)
            .categorical("plan", "gold", "free")
            .categorical("floor", "3", "4")
            .categorical("smoker", "TRUE", "False")
            .text("note", "all good", "bad")
            .column("since", DateTimeColumn.of(0, 86_400_000))
            .categorical("y", "no", "yes")
            .build()
            .withRole("y", Role.TARGET);

    private static final Schema SCHEMA = TRAINED.schema();

    private static Column cell(String name, Object value) {
        return SCHEMA.align(Row.of(name, value)).column(name);
    }

    private static int code(String name, Object value) {
        return ((CategoricalColumn) cell(name, value)).code(0);
    }

    @Test
    void onlyFeaturesComeInTheSchemasOrder() {
        Table aligned = SCHEMA.align(TRAINED.columns(List.of("plan", "age", "y")));
        assertThat(aligned.schema()).isEqualTo(SCHEMA.features());
        assertThat(aligned.rowCount()).isEqualTo(2);
        assertThat(aligned.column("age").value(1)).isEqualTo(30.5);
    }

    @Test
    void unseenLevelsAndNullsHaveTheirOwnCodes() {
        assertThat(code("plan", "free")).isEqualTo(1);
        assertThat(code("plan", "platinum")).isEqualTo(CategoricalColumn.UNSEEN);
        assertThat(code("plan", null)).isEqualTo(CategoricalColumn.MISSING);
        assertThat(code("plan", "NA")).isEqualTo(CategoricalColumn.MISSING);
    }

    @Test
    void levelsOfOtherTablesAreRecoded() {
        Table other =
                Table.builder().categorical("plan", "free", "new", null, "gold").build();
        CategoricalColumn aligned = (CategoricalColumn) SCHEMA.align(other).column("plan");
        assertThat(IntStream.range(0, 4).map(aligned::code).toArray())
                .containsExactly(1, CategoricalColumn.UNSEEN, CategoricalColumn.MISSING, 0);
    }

    @Test
    void absentColumnsAreAllMissing() {
        Table aligned = SCHEMA.align(TRAINED.columns(List.of("age")));
        for (String name : List.of("plan", "note", "since")) {
            assertThat(aligned.column(name).isMissing(0)).as(name).isTrue();
            assertThat(aligned.column(name).isMissing(1)).as(name).isTrue();
        }
        assertThat(SCHEMA.align(Row.of()).column("age").isMissing(0)).isTrue();
    }

    @Test
    void infinitiesAndNaNAreMissing() {
        for (double odd : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThat(cell("age", odd).isMissing(0)).isTrue();
            assertThat(cell("plan", odd).isMissing(0)).isTrue();
            Table table = Table.builder().numeric("age", 1, odd).build();
            assertThat(SCHEMA.align(table).column("age").isMissing(1)).isTrue();
            assertThat(SCHEMA.align(table).column("age").value(0)).isEqualTo(1.0);
        }
        assertThat(cell("age", "inf").isMissing(0)).isTrue();
    }

    @Test
    void numbersAndTruthValuesFindTheLevelOfTheirText() {
        assertThat(code("floor", 3)).isZero();
        assertThat(code("floor", 3.0)).isZero();
        assertThat(code("floor", "3.0")).isZero();
        assertThat(code("floor", 4L)).isEqualTo(1);
        assertThat(code("floor", 5)).isEqualTo(CategoricalColumn.UNSEEN);
        assertThat(code("smoker", true)).isZero();
        assertThat(code("smoker", "false")).isEqualTo(1);
        Table numbers = Table.builder().numeric("floor", 4, 3, Double.NaN).build();
        CategoricalColumn aligned = (CategoricalColumn) SCHEMA.align(numbers).column("floor");
        assertThat(IntStream.range(0, 3).map(aligned::code).toArray()).containsExactly(1, 0, CategoricalColumn.MISSING);
    }

    @Test
    void textsAreReadAsNumbersAndDates() {
        assertThat(cell("age", " 41.5 ").value(0)).isEqualTo(41.5);
        assertThat(cell("age", "?").isMissing(0)).isTrue();
        assertThat(cell("age", true).value(0)).isEqualTo(1.0);
        assertThat(cell("since", "2024-01-02").value(0)).isEqualTo(Instant.parse("2024-01-02T00:00:00Z"));
        assertThat(cell("since", LocalDate.of(2024, 1, 2)).value(0)).isEqualTo(Instant.parse("2024-01-02T00:00:00Z"));
        Table texts = Table.builder()
                .categorical("age", "7", null)
                .text("since", "2024-01-02", null)
                .build();
        assertThat(SCHEMA.align(texts).column("age").value(0)).isEqualTo(7.0);
        assertThat(SCHEMA.align(texts).column("since").isMissing(1)).isTrue();
    }

    @Test
    void wrongTypesNameColumnRowValueAndAdvice() {
        Table texts = Table.builder().categorical("age", "7", "old").build();
        assertThatThrownBy(() -> SCHEMA.align(texts))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'age', row 2")
                .hasMessageContaining("'old'")
                .hasMessageContaining("Give a number");
        assertThatThrownBy(() -> cell("since", "tomorrow"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'since'");
        assertThatThrownBy(() -> cell("plan", Optional.of("gold")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("orElse(null)");
        assertThatThrownBy(() -> cell("age", new int[1])).isInstanceOf(DataException.class);
    }

    @Test
    void unknownNamesAreTold() {
        assertThat(SCHEMA.unknownNames(Row.of("age", 3, "aeg", 4, "y", "no"))).containsExactly("aeg");
    }

    @Test
    void aRowAndATableGiveTheSameCells() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 50; i++) {
            Table table = TRAINED.rows(new int[] {random.nextInt(2)});
            Table byRow = SCHEMA.align(table.row(0));
            Table byTable = SCHEMA.align(table);
            assertThat(byRow.row(0).toString())
                    .as("seed 11")
                    .isEqualTo(byTable.row(0).toString());
        }
    }

    @Test
    void aSchemaSurvivesTheModelFile() {
        Node node = Node.root();
        SCHEMA.write(node);
        assertThat(Schema.read(node)).isEqualTo(SCHEMA);
        Node damaged = Node.root();
        damaged.append("fields")
                .put("name", "a")
                .put("type", "COLOUR")
                .put("role", "FEATURE")
                .put("reason", "");
        damaged.nodes("fields").get(0).putTexts("levels", List.of());
        assertThatThrownBy(() -> Schema.read(damaged))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("COLOUR");
    }

    @Test
    void twoColumnsOfOneNameAreRefused() {
        assertThatThrownBy(() -> Table.builder().numeric("a", 1).numeric("a", 2).build())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Two columns are named 'a'");
    }

    @Test
    void typesCanBeChanged() {
        Table table = Table.builder()
                .numeric("n", 3, 4.5, Double.NaN)
                .categorical("c", "1", "x", null)
                .build();
        Table changed = table.withType("n", ColumnType.CATEGORICAL);
        assertThat(changed.column("n").levels()).containsExactly("3", "4.5");
        assertThat(changed.column("n").isMissing(2)).isTrue();
        assertThat(changed.withType("n", ColumnType.NUMERIC).column("n").value(1))
                .isEqualTo(4.5);
        assertThat(changed.withType("n", ColumnType.TEXT).column("n").value(0)).isEqualTo("3");
        assertThatThrownBy(() -> table.withType("c", ColumnType.NUMERIC))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'c', row 2")
                .hasMessageContaining("'x'");
    }

    @Test
    void tenThousandColumnsAreAligned() {
        Table.Builder builder = Table.builder();
        for (int i = 0; i < 10_000; i++) {
            builder.numeric("c" + i, i, i + 1);
        }
        Table wide = builder.build();
        Table aligned = wide.schema().align(wide.row(1));
        assertThat(aligned.columnCount()).isEqualTo(10_000);
        assertThat(Arrays.asList(aligned.column("c9999").value(0))).containsExactly(10_000.0);
    }
}
