package org.autotuner.listen;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.autotuner.budget.Budget;

/** Words for budgets and times. */
final class BudgetText {

    private BudgetText() {}

    static String of(Budget budget) {
        List<String> parts = new ArrayList<>();
        budget.time().ifPresent(time -> parts.add(seconds(time.toNanos() * 1e-9)));
        budget.trials().ifPresent(trials -> parts.add(trials + " trials"));
        return String.join(", ", parts);
    }

    /** Such as {@code 7s}, {@code 4m05s}, {@code 2h03m}. */
    static String seconds(double seconds) {
        long whole = Math.max(0, Math.round(seconds));
        if (whole < 60) {
            return whole + "s";
        }
        return whole < 3_600
                ? String.format(Locale.ROOT, "%dm%02ds", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%dh%02dm", whole / 3_600, whole / 60 % 60);
    }
}
