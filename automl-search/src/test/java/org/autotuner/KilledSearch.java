package org.autotuner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.autotuner.budget.Budget;
import org.autotuner.prune.MedianPruner;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.storage.JdbcStorage;
import org.autotuner.storage.JournalStorage;
import org.autotuner.storage.StudyStorage;
import org.h2.jdbcx.JdbcDataSource;

/** A search in a process of its own, for {@link KilledSearchTest}. */
final class KilledSearch {

    static final int TRIALS = 24;

    private static final RealParameter X = Parameter.reals("x", -5, 5);

    private KilledSearch() {}

    /** A journal in a folder, or an H2 database in a file there. */
    static StudyStorage storage(String kind, Path folder) {
        if (kind.equals("journal")) {
            return JournalStorage.at(folder);
        }
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl("jdbc:h2:" + folder.resolve("studies") + ";WRITE_DELAY=0");
        return JdbcStorage.at(source, "killed");
    }

    /**
     * Searches, notes each evaluation in a file before it begins, and at the end writes all trials.
     *
     * @param args kind of the storage, its folder, file of evaluations, file of trials
     */
    public static void main(String[] args) throws IOException {
        Path evaluations = Path.of(args[2]);
        StudyResult result = ObjectiveSearch.minimize(SearchSpace.of(X))
                .storage(storage(args[0], Path.of(args[1])))
                .pruner(new MedianPruner(3, 0))
                .threads(2)
                .budget(Budget.ofTrials(TRIALS))
                .run(trial -> {
                    Files.writeString(
                            evaluations,
                            trial.number() + System.lineSeparator(),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
                    double sum = 0;
                    for (int i = 0; i < 15_000_000; i++) {
                        sum += Math.sqrt(i);
                    }
                    if (trial.number() % 7 == 6) {
                        throw new IllegalStateException("made to fail");
                    }
                    double value = Math.abs(trial.get(X) - 1) + Math.min(0, sum);
                    for (int step = 1; step <= 3; step++) {
                        trial.report(step, value + 1.0 / step);
                        if (trial.shouldStop()) {
                            return Double.NaN;
                        }
                    }
                    return value;
                });
        Files.write(Path.of(args[3]), ObjectiveSearchTest.seen(result));
    }
}
