package org.autotuner.data.io;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.autotuner.data.Role;
import org.autotuner.data.Table;
import org.autotuner.data.TypedColumn;
import org.autotuner.error.DataException;

/**
 * Tables from databases. Numbers are numeric, booleans categorical, dates and times date-times; strings become levels or
 * text by what they hold, never numbers. SQL null is missing. Columns have their labels as names.
 */
public final class JdbcTables {

    private static final int FETCH = 1000;

    private JdbcTables() {}

    /**
     * The result of a query, with its own connection that is closed at the end.
     *
     * @param sql a query that the caller wrote: it is sent as it is, so never build it from strangers' input; use
     *     {@link #read(DataSource, String, Object...)} for values
     * @throws DataException if the database refuses, or a column is of a type that has no place in a table
     */
    public static Table read(DataSource source, String sql) {
        return read(source, sql, new Object[0]);
    }

    /** The same with values for the question marks of the query, in order. */
    public static Table read(DataSource source, String sql, Object... values) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCH);
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                return from(result);
            }
        } catch (SQLException refused) {
            throw new DataException(
                    "The database refused the query \"%s\": %s".formatted(sql, refused.getMessage()), refused);
        }
    }

    /**
     * All rows from the result's present place on; the result is left open.
     *
     * @throws DataException if it cannot be read, or a column is of a type that has no place in a table
     */
    public static Table from(ResultSet result) {
        try {
            ResultSetMetaData meta = result.getMetaData();
            List<JdbcColumn> columns = new ArrayList<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                columns.add(column(meta, i));
            }
            for (int row = 1; result.next(); row++) {
                for (JdbcColumn column : columns) {
                    column.add(result, row);
                }
            }
            List<TypedColumn> typed = new ArrayList<>();
            for (JdbcColumn column : columns) {
                typed.add(column.finish(Role.FEATURE));
            }
            return Table.ofTyped(typed);
        } catch (SQLException broken) {
            throw new DataException("The result of the query cannot be read: " + broken.getMessage(), broken);
        }
    }

    private static JdbcColumn column(ResultSetMetaData meta, int position) throws SQLException {
        String name = meta.getColumnLabel(position);
        String type = meta.getColumnTypeName(position);
        switch (meta.getColumnType(position)) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT:
            case Types.FLOAT, Types.REAL, Types.DOUBLE, Types.NUMERIC, Types.DECIMAL:
                return new JdbcColumn(name, position, JdbcColumn.Kind.NUMBER, type);
            case Types.BIT, Types.BOOLEAN:
                return new JdbcColumn(name, position, JdbcColumn.Kind.FLAG, type);
            case Types.DATE, Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE:
                return new JdbcColumn(name, position, JdbcColumn.Kind.TIME, type);
            case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.NCHAR, Types.NVARCHAR, Types.LONGNVARCHAR:
            case Types.CLOB, Types.NCLOB, Types.OTHER, Types.NULL, Types.TIME, Types.SQLXML:
                return new JdbcColumn(name, position, JdbcColumn.Kind.STRING, type);
            default:
                throw new DataException(
                        "Column '%s' has the SQL type %s, which has no place in a table. ".formatted(name, type)
                                + "Leave it out of the query or cast it to a number, string or timestamp.");
        }
    }
}
