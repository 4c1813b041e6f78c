package org.autotuner.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.autotuner.ObjectiveSearch;
import org.autotuner.Sharing;
import org.autotuner.StudyResult;
import org.autotuner.budget.Budget;
import org.autotuner.space.IntParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.storage.JdbcStorage;
import org.autotuner.storage.JournalStorage;
import org.autotuner.storage.StudyStorage;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/** One of several processes that run one study, for {@link SharedProcessesTest}. */
final class SharedWorker {

    static final int TRIALS = 80;
    static final String HANGS = "hangs";

    private static final int HANGING_FROM = 20;

    /** So few points that proposals which do not know of one another would be equal soon. */
    private static final IntParameter A = Parameter.ints("a", 1, 10);

    private static final IntParameter B = Parameter.ints("b", 1, 10);

    private SharedWorker() {}

    /** By a folder or a JDBC address. */
    static StudyStorage storage(String place) {
        if (!place.startsWith("jdbc:")) {
            return JournalStorage.shared(Path.of(place));
        }
        return JdbcStorage.shared(database(place), "shared by processes");
    }

    private static DataSource database(String address) {
        if (address.startsWith("jdbc:sqlite:")) {
            SQLiteDataSource sqlite = new SQLiteDataSource();
            sqlite.setUrl(address);
            return sqlite;
        }
        PGSimpleDataSource postgres = new PGSimpleDataSource();
        postgres.setUrl(address);
        return postgres;
    }

    static ObjectiveSearch search(String place) {
        return ObjectiveSearch.minimize(SearchSpace.of(A, B))
                .storage(storage(place))
                .sharing(Sharing.standard().withLimit(Duration.ofSeconds(3)))
                .budget(Budget.ofTrials(TRIALS));
    }

    /**
     * Runs its share of the study and notes each evaluation before it begins. After some trials the victim hangs, and the
     * others wait until it does.
     *
     * @param args place of the storage, file of evaluations, the victim's file of evaluations
     */
    public static void main(String[] args) {
        Path evaluations = Path.of(args[1]);
        Path victim = Path.of(args[2]);
        StudyResult result = search(args[0]).run(trial -> {
            note(evaluations, Integer.toString(trial.number()));
            CountDownLatch never = new CountDownLatch(1);
            if (evaluations.equals(victim) && trial.number() >= HANGING_FROM) {
                note(victim, HANGS);
                never.await();
            }
            while (trial.number() >= HANGING_FROM
                    && !(Files.exists(victim) && Files.readAllLines(victim).contains(HANGS))) {
                never.await(10, TimeUnit.MILLISECONDS);
            }
            double sum = 0;
            for (int i = 0; i < 3_000_000; i++) {
                sum += Math.sqrt(i);
            }
            return Math.hypot(trial.get(A) - 3, trial.get(B) - 7) + Math.min(0, sum);
        });
        if (result.end() != StudyResult.End.TRIALS) {
            throw new IllegalStateException(result.end() + ": " + result);
        }
    }

    private static void note(Path file, String line) throws IOException {
        Files.writeString(file, line + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
