package org.autotuner.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autotuner.error.DataException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ObjectTableTest {

    private enum Plan {
        GOLD,
        FREE
    }

    private record Visit(
            int age,
            @Nullable Double pressure,
            @Nullable String ward,
            boolean back,
            Plan plan,
            LocalDate day,
            LocalDateTime at,
            Instant moment,
            Date old) {}

    private static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");
    private static final Visit ONE = new Visit(
            71,
            150.5,
            "B2",
            true,
            Plan.FREE,
            LocalDate.of(2024, 3, 1),
            LocalDateTime.of(2024, 3, 1, 12, 0),
            NOON,
            Date.from(NOON));
    private static final Visit TWO =
            new Visit(5, null, null, false, Plan.GOLD, ONE.day(), ONE.at(), NOON, Date.from(NOON));

    private record Wrapped(Optional<String> name) {}

    @Test
    void recordsAreReadByTheirComponents() {
        Table table = Table.of(List.of(ONE, TWO));
        assertThat(table.schema().names())
                .containsExactly("age", "pressure", "ward", "back", "plan", "day", "at", "moment", "old");
        assertThat(table.column("age").value(0)).isEqualTo(71.0);
        assertThat(table.column("pressure").isMissing(1)).isTrue();
        assertThat(table.column("ward").levels()).containsExactly("B2");
        assertThat(table.column("back").levels()).containsExactly("true", "false");
        assertThat(table.column("plan").value(1)).isEqualTo("GOLD");
        assertThat(table.column("day").value(0)).isEqualTo(Instant.parse("2024-03-01T00:00:00Z"));
        for (String name : List.of("at", "moment", "old")) {
            assertThat(table.column(name).value(0)).as(name).isEqualTo(NOON);
        }
    }

    @Test
    void aRecordIsARowOfTheSameNames() {
        Table table = Table.of(List.of(ONE, TWO));
        Table aligned = table.schema().align(Row.from(TWO));
        assertThat(aligned.row(0).toString()).isEqualTo(table.row(1).toString());
    }

    @Test
    void optionalsAreRefusedWithAdvice() {
        assertThatThrownBy(() -> Table.of(List.of(new Wrapped(Optional.of("x")))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'name', row 1")
                .hasMessageContaining("orElse(null)");
    }

    @Test
    void emptyAndMixedListsAreRefused() {
        assertThatThrownBy(() -> Table.of(List.<Visit>of())).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> Table.of(List.of(ONE, new Wrapped(Optional.empty()))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Row 2");
    }

    @Test
    void mapsAreReadByTheUnionOfTheirNames() {
        Map<String, @Nullable Object> sparse = new HashMap<>();
        sparse.put("n", null);
        sparse.put("s", "7");
        Table table = Table.ofMaps(List.of(Map.of("n", 1L, "b", true), sparse));
        assertThat(table.schema().names()).containsExactlyInAnyOrder("n", "b", "s");
        assertThat(table.column("n").type()).isEqualTo(ColumnType.NUMERIC);
        assertThat(table.column("n").isMissing(1)).isTrue();
        assertThat(table.column("s").type()).isEqualTo(ColumnType.CATEGORICAL);
        assertThat(table.column("s").isMissing(0)).isTrue();
        assertThatThrownBy(() -> Table.ofMaps(new ArrayList<Map<String, Object>>()))
                .isInstanceOf(DataException.class);
    }

    @Test
    void numbersMixedWithStringsBecomeLevels() {
        Table table = Table.ofMaps(List.of(Map.of("x", 3.0), Map.of("x", "three")));
        assertThat(table.column("x").levels()).containsExactly("3", "three");
    }
}
