package org.autotuner.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autotuner.budget.Deadline;
import org.autotuner.bundle.Node;
import org.autotuner.data.Field;
import org.autotuner.data.Role;
import org.autotuner.data.Table;
import org.jspecify.annotations.Nullable;

/**
 * What a table looks like and what is suspicious about it; enough of each column is kept to find drift later. Missing
 * cells and constants are counted over all rows, everything else over at most 50,000. Immutable and thread-safe.
 */
public final class Profile {

    static final int MOST_ROWS = 50_000;

    private final int rowCount;
    private final @Nullable String target;
    private final List<ColumnProfile> columns;
    private final List<ProfileWarning> warnings;

    Profile(int rowCount, @Nullable String target, List<ColumnProfile> columns, List<ProfileWarning> warnings) {
        this.rowCount = rowCount;
        this.target = target;
        this.columns = List.copyOf(columns);
        this.warnings = List.copyOf(warnings);
    }

    /** Looks at a table without a target. */
    public static Profile of(Table table, Deadline deadline) {
        return make(table, null, deadline);
    }

    /**
     * Looks at a table whose target is known; when the deadline ends, the columns and checks that are left are left out
     * and a warning says so.
     *
     * @throws org.autotuner.error.DataException if there is no such column
     */
    public static Profile of(Table table, String target, Deadline deadline) {
        table.schema().indexOf(target);
        return make(table, target, deadline);
    }

    private static Profile make(Table table, @Nullable String target, Deadline deadline) {
        int[] rows = Sample.of(table.rowCount(), MOST_ROWS);
        List<ColumnProfile> columns = new ArrayList<>();
        for (Field field : table.schema().fields()) {
            if (deadline.isOver()) {
                break;
            }
            columns.add(ColumnScan.scan(field.name(), table.column(field.name()), rows));
        }
        List<ProfileWarning> warnings = new Checks(table, target, deadline).run(columns, rows);
        return new Profile(table.rowCount(), target, columns, warnings);
    }

    public int rowCount() {
        return rowCount;
    }

    public Optional<String> target() {
        return Optional.ofNullable(target);
    }

    /** In the table's order. */
    public List<ColumnProfile> columns() {
        return columns;
    }

    /** The profile of a column, if it was looked at. */
    public Optional<ColumnProfile> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    public List<ProfileWarning> warnings() {
        return warnings;
    }

    /**
     * Columns that are better not features: constant ones without missing cells and empty ones as IGNORED, those that identify rows as ID. Only the
     * columns about which there is such a warning, so never the target.
     */
    public Map<String, Role> suggestedRoles() {
        Map<String, Role> roles = new LinkedHashMap<>();
        for (ProfileWarning warning : warnings) {
            boolean empty = warning.kind() == ProfileWarning.Kind.EMPTY;
            boolean constant = warning.kind() == ProfileWarning.Kind.CONSTANT
                    && column(warning.column()).stream().allMatch(column -> column.missingShare() == 0);
            if (empty || constant) {
                roles.put(warning.column(), Role.IGNORED);
            } else if (warning.kind() == ProfileWarning.Kind.ID_LIKE) {
                roles.put(warning.column(), Role.ID);
            }
        }
        return roles;
    }

    /** Compares another table with the profiled one, column by column. */
    public ShiftReport shift(Table other) {
        return Shift.compare(columns, rowCount, other);
    }

    /** Compares two tables; the first is the one to be measured against. */
    public static ShiftReport shift(Table before, Table now) {
        int[] rows = Sample.of(before.rowCount(), MOST_ROWS);
        List<ColumnProfile> columns = before.schema().fields().stream()
                .map(field -> ColumnScan.scan(field.name(), before.column(field.name()), rows))
                .toList();
        return Shift.compare(columns, before.rowCount(), now);
    }

    /** Writes this profile into a model file. */
    public void write(Node node) {
        ProfileCodec.write(this, node);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws org.autotuner.error.BundleException if it is damaged
     */
    public static Profile read(Node node) {
        return ProfileCodec.read(node);
    }
}
