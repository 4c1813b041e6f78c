package org.autotuner.examples;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import org.autotuner.AutoTuner;
import org.autotuner.budget.Budget;
import org.autotuner.data.Table;
import org.autotuner.data.io.JdbcTables;
import org.autotuner.model.AutoModel;
import org.h2.jdbcx.JdbcDataSource;

/** Learns from a database query and writes the predictions back. */
public final class JdbcExample {

    private JdbcExample() {}

    /** Runs the program. */
    public static void main(String[] arguments) throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1");
        fill(source);
        Table known = JdbcTables.read(
                source, "select visits, basket, channel, returned from orders where returned is not null");
        Table open = JdbcTables.read(source, "select id, visits, basket, channel from orders where returned is null");
        AutoModel model = AutoTuner.fit(known, "returned", Budget.ofSeconds(5));
        try (Connection connection = source.getConnection();
                PreparedStatement update = connection.prepareStatement("update orders set risk = ? where id = ?")) {
            for (int row = 0; row < open.rowCount(); row++) {
                update.setDouble(1, model.predict(open.row(row)).probability("true"));
                update.setObject(2, open.column("id").value(row));
                update.addBatch();
            }
            update.executeBatch();
        }
        System.out.println(
                JdbcTables.read(source, "select id, risk from orders where risk is not null order by risk desc limit 5")
                        .row(0));
    }

    private static void fill(JdbcDataSource source) throws SQLException {
        SplittableRandom random = new SplittableRandom(1);
        try (Connection connection = source.getConnection();
                Statement create = connection.createStatement()) {
            create.execute("create table orders (id int primary key, visits int, basket double, channel varchar(10),"
                    + " returned boolean, risk double)");
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into orders values (?, ?, ?, ?, ?, null)")) {
                for (int id = 0; id < 600; id++) {
                    int visits = random.nextInt(1, 20);
                    double basket = random.nextDouble(5, 300);
                    insert.setInt(1, id);
                    insert.setInt(2, visits);
                    insert.setDouble(3, basket);
                    insert.setString(4, random.nextInt(3) == 0 ? "app" : "web");
                    insert.setObject(5, id < 500 ? basket / visits > 20 + 10 * random.nextGaussian() : null);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }
    }
}
