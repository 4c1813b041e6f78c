package org.autotuner.profile;

import java.util.List;

/** How a table differs from a profiled one, column by column, and the warnings that follow. */
public record ShiftReport(List<ColumnShift> columns, List<ProfileWarning> warnings) {

    public ShiftReport {
        columns = List.copyOf(columns);
        warnings = List.copyOf(warnings);
    }
}
