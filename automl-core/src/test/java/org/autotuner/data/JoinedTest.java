package org.autotuner.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.autotuner.error.DataException;
import org.junit.jupiter.api.Test;

class JoinedTest {

    private static final Table RATINGS = Table.builder()
            .numeric("film", 7, 9, Double.NaN, 7, 8)
            .numeric("stars", 1, 2, 3, 4, 5)
            .build();

    private static Table films(String... ids) {
        return Table.builder()
                .categorical("film", ids)
                .numeric("year", Arrays.copyOf(new double[] {1990, 1991, 1992}, ids.length))
                .categorical("kind", Arrays.copyOf(new String[] {"drama", null, "comedy"}, ids.length))
                .text("title", Arrays.copyOf(new String[] {"A day", "A night", "Noon"}, ids.length))
                .column("seen", DateTimeColumn.of(Arrays.copyOf(new long[] {0, 1000, 2000}, ids.length)))
                .build();
    }

    @Test
    void eachRowGetsTheCellsOfItsKey() {
        Table joined = RATINGS.join(films("7", "8", "11"), "film");
        assertThat(joined.schema().names()).containsExactly("film", "stars", "year", "kind", "title", "seen");
        assertThat(values(joined, "year")).containsExactly(1990.0, null, null, 1990.0, 1991.0);
        assertThat(values(joined, "kind")).containsExactly("drama", null, null, "drama", null);
        assertThat(values(joined, "title")).containsExactly("A day", null, null, "A day", "A night");
        assertThat(values(joined, "seen"))
                .containsExactly(Instant.EPOCH, null, null, Instant.EPOCH, Instant.ofEpochSecond(1));
        assertThat(values(joined, "stars")).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0);
        assertThat(joined.column("kind").levels()).contains("comedy");
    }

    @Test
    void whatIsNotClearIsRefused() {
        assertThatThrownBy(() -> RATINGS.join(films("7", "8", "7"), "film"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Rows 1 and 3")
                .hasMessageContaining("'7'");
        Table same = films("7").withColumn("stars", NumericColumn.of(3.0));
        assertThatThrownBy(() -> RATINGS.join(same, "film"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'stars'");
        assertThatThrownBy(() -> RATINGS.join(films("7"), "id")).isInstanceOf(DataException.class);
    }

    private static List<Object> values(Table table, String name) {
        Column column = table.column(name);
        Object[] values = new Object[column.size()];
        Arrays.setAll(values, column::value);
        return Arrays.asList(values);
    }
}
