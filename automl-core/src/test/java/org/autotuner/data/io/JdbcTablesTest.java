package org.autotuner.data.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.autotuner.data.ColumnType;
import org.autotuner.data.Table;
import org.autotuner.error.DataException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class JdbcTablesTest {

    private static JdbcDataSource source(String name) throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table visits(age int, cost decimal(9, 2), ward varchar(20), back boolean, "
                    + "visited date, at timestamp, zoned timestamp with time zone, photo varbinary(10))");
            statement.execute("insert into visits values (71, 1.25, '01', true, date '2024-03-01', "
                    + "timestamp '2024-03-01 12:00:00', timestamp with time zone '2024-03-01 12:00:00+02:00', null), "
                    + "(null, null, null, null, null, null, null, null)");
        }
        return source;
    }

    @Test
    void columnsFollowTheSqlTypes() throws SQLException {
        Table table = JdbcTables.read(source("types"), "select age, cost, ward, back, visited, at, zoned from visits");
        assertThat(table.rowCount()).isEqualTo(2);
        assertThat(table.column("AGE").value(0)).isEqualTo(71.0);
        assertThat(table.column("COST").value(0)).isEqualTo(1.25);
        assertThat(table.column("WARD").levels()).containsExactly("01");
        assertThat(table.column("BACK").levels()).containsExactly("true");
        assertThat(table.column("VISITED").value(0)).isEqualTo(Instant.parse("2024-03-01T00:00:00Z"));
        assertThat(table.column("AT").value(0)).isEqualTo(Instant.parse("2024-03-01T12:00:00Z"));
        assertThat(table.column("ZONED").value(0)).isEqualTo(Instant.parse("2024-03-01T10:00:00Z"));
        for (String name : table.schema().names()) {
            assertThat(table.column(name).isMissing(1)).as(name).isTrue();
        }
        assertThat(table.schema().field("AGE").reason()).contains("INTEGER");
    }

    @Test
    void valuesAreBoundAndLabelsAreNames() throws SQLException {
        Table table = JdbcTables.read(source("bound"), "select age as years from visits where ward = ?", "01");
        assertThat(table.rowCount()).isEqualTo(1);
        assertThat(table.schema().names()).containsExactly("YEARS");
    }

    @Test
    void aResultIsReadFromItsPlaceAndLeftOpen() throws SQLException {
        try (Connection connection = source("open").getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select * from (values (1), (2), (3)) v(x)")) {
            assertThat(result.next()).isTrue();
            Table table = JdbcTables.from(result);
            assertThat(table.rowCount()).isEqualTo(2);
            assertThat(table.column("X").type()).isEqualTo(ColumnType.NUMERIC);
            assertThat(result.isClosed()).isFalse();
        }
    }

    @Test
    void faultsAreNamed() throws SQLException {
        JdbcDataSource source = source("faults");
        assertThatThrownBy(() -> JdbcTables.read(source, "select nothing from nowhere"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("select nothing from nowhere");
        assertThatThrownBy(() -> JdbcTables.read(source, "select photo from visits"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'PHOTO'")
                .hasMessageContaining("cast");
    }
}
