package org.autotuner.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.autotuner.data.Column;
import org.autotuner.data.ColumnType;
import org.autotuner.data.Table;
import org.autotuner.profile.ProfileWarning.Kind;

/**
 * Compares a table with a profile. The population stability index is the sum of (q - p) ln(q / p) over bins, with shares
 * kept above 0.0001; a table of n rows has about (bins - 1) (1/n + 1/m) by chance, which the threshold allows for.
 */
final class Shift {

    private static final double LARGE = 0.2;
    private static final double FLOOR = 1e-4;

    private Shift() {}

    static ShiftReport compare(List<ColumnProfile> before, long rowsBefore, Table now) {
        int[] rows = Sample.of(now.rowCount(), Profile.MOST_ROWS);
        List<ColumnShift> shifts = new ArrayList<>();
        List<ProfileWarning> warnings = new ArrayList<>();
        for (ColumnProfile column : before) {
            boolean there = now.schema().has(column.name());
            if (there && now.column(column.name()).type() != column.type()) {
                warnings.add(ProfileWarning.serious(
                        Kind.SHIFT,
                        column.name(),
                        "Column '%s' was %s, but is %s now: read it as before by withType."
                                .formatted(
                                        column.name(),
                                        column.type(),
                                        now.column(column.name()).type())));
                continue;
            }
            ColumnShift shift = there
                    ? shift(column, now.column(column.name()), rows)
                    : new ColumnShift(column.name(), 0, Double.NaN, column.missingShare(), 1);
            shifts.add(shift);
            int bins = column.distribution().shares().size();
            double chance = 3.0 * (bins - 1) * (1.0 / Math.max(1, rows.length) + 1.0 / Math.max(1, rowsBefore));
            if (shift.psi() > LARGE + chance || Math.abs(shift.missingNow() - shift.missingBefore()) > 0.2) {
                warnings.add(ProfileWarning.warning(
                        Kind.SHIFT,
                        column.name(),
                        String.format(
                                Locale.ROOT,
                                "Column '%s' is distributed otherwise than before (stability index %.2f, missing %.0f %% then,"
                                        + " %.0f %% now): check where it comes from, or train again.",
                                column.name(),
                                shift.psi(),
                                100 * shift.missingBefore(),
                                100 * shift.missingNow())));
            }
        }
        return new ShiftReport(shifts, warnings);
    }

    private static ColumnShift shift(ColumnProfile before, Column column, int[] rows) {
        int missing = 0;
        for (int row : rows) {
            missing += column.isMissing(row) ? 1 : 0;
        }
        Distribution then = before.distribution();
        boolean levels = before.type() == ColumnType.CATEGORICAL;
        List<Double> now = ColumnScan.shares(levels ? levelCounts(then, column, rows) : binCounts(then, column, rows));
        boolean empty = missing == rows.length || before.missingShare() == 1;
        double psi = 0;
        double ks = 0;
        double distance = 0;
        for (int i = 0; i < now.size() && !empty; i++) {
            double p = Math.max(FLOOR, then.shares().get(i));
            double q = Math.max(FLOOR, now.get(i));
            psi += (q - p) * Math.log(q / p);
            distance += now.get(i) - then.shares().get(i);
            ks = Math.max(ks, Math.abs(distance));
        }
        double missingNow = rows.length == 0 ? 0 : (double) missing / rows.length;
        return new ColumnShift(before.name(), psi, levels ? Double.NaN : ks, before.missingShare(), missingNow);
    }

    private static int[] binCounts(Distribution then, Column column, int[] rows) {
        double[] edges = then.edges().stream().mapToDouble(Double::doubleValue).toArray();
        double[] values = Arrays.stream(Measures.of(column, rows))
                .filter(Double::isFinite)
                .toArray();
        return ColumnScan.counts(edges, values);
    }

    private static int[] levelCounts(Distribution then, Column column, int[] rows) {
        Map<Object, Integer> known = new HashMap<>();
        then.levels().forEach(level -> known.put(level, known.size()));
        int[] counts = new int[known.size() + 1];
        for (int row : rows) {
            if (!column.isMissing(row)) {
                Object level = column.value(row);
                counts[level == null ? known.size() : known.getOrDefault(level, known.size())]++;
            }
        }
        return counts;
    }
}
