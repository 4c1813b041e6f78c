package org.autotuner.prepare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.autotuner.budget.Deadline;
import org.autotuner.data.Table;
import org.autotuner.data.TextColumn;
import org.jspecify.annotations.Nullable;

/** Vectors of one table's texts, shared by all preparations that transform this table. Not thread-safe: one per call. */
public final class SharedVectors {

    private record Key(String encoder, int column) {}

    private final Map<Key, float[]> vectors = new HashMap<>();

    /**
     * The vectors of the texts of a column, row by row, computed when they are first asked for. Not to be changed.
     *
     * @param table the table that this object was made for
     * @param column number of a column of texts
     * @throws org.autotuner.budget.DeadlineExceededException if the time is up before all are done
     */
    public float[] get(TextEncoder encoder, Table table, int column, Deadline deadline) {
        return vectors.computeIfAbsent(new Key(encoder.id(), column), absent -> {
            TextColumn cells = (TextColumn) table.column(column);
            List<@Nullable String> wanted = new ArrayList<>();
            for (int row = 0; row < cells.size(); row++) {
                wanted.add(cells.text(row));
            }
            float[] out = new float[wanted.size() * encoder.width()];
            encoder.encode(wanted, out, deadline);
            return out;
        });
    }
}
