package org.autotuner.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.autotuner.ObjectiveSearch;
import org.autotuner.Sharing;
import org.autotuner.budget.Budget;
import org.autotuner.space.IntParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.storage.JdbcStorage;
import org.autotuner.storage.JournalStorage;
import org.autotuner.storage.StudyStorage;
import org.autotuner.study.StudyLog;
import org.autotuner.study.Trial;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/** Several processes run one study on a finite space, some of them are killed, and the log is checked. */
final class SharedBench {

    private static final Set<String> OPTIONS = Set.of(
            "processes",
            "trials",
            "storage",
            "millis",
            "kills",
            "seed",
            "silence-seconds",
            "study",
            "evaluations",
            "hang-from");

    /** What a process that is to be killed notes when it hangs in a trial. */
    private static final String HANGS = "hangs";

    private SharedBench() {}

    static void run(List<String> arguments) throws IOException, InterruptedException {
        Options options = new Options(arguments, OPTIONS);
        int processes = options.whole("processes", 4);
        int trials = options.whole("trials", 400);
        int kills = Math.min(options.whole("kills", 1), processes - 1);
        Path folder = Files.createTempDirectory("autotuner-shared");
        String place = options.text("storage").orElse("journal");
        String storage = place.equals("journal") ? folder.resolve("journal").toString() : place;
        String study = options.text("study").orElse("bench " + UUID.randomUUID());
        List<Process> workers = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < processes; i++) {
            List<String> command = new ArrayList<>(List.of("shared-worker"));
            command.addAll(arguments);
            command.addAll(List.of("--storage", storage, "--study", study));
            command.addAll(List.of("--evaluations", evaluations(folder, i).toString()));
            if (i < kills) {
                command.addAll(List.of("--hang-from", Integer.toString(trials * (i + 1) / (kills + 2))));
            }
            workers.add(ChildJvm.start(folder.resolve(i + ".jsonl"), command));
        }
        SharedLog log = new SharedLog(new StudyLog(space(trials)));
        int killed = 0;
        int failed = 0;
        try (StudyStorage.Handle handle = storage(storage, study).open()) {
            while (workers.stream().anyMatch(Process::isAlive)) {
                log.read(handle);
                if (killed < kills && lines(evaluations(folder, killed)).contains(HANGS)) {
                    workers.get(killed).destroyForcibly().waitFor(); // kill -9
                    killed++;
                }
                workers.get(processes - 1).waitFor(20, TimeUnit.MILLISECONDS);
            }
            for (int i = killed; i < processes; i++) {
                failed += workers.get(i).waitFor() == 0 ? 0 : 1;
            }
            log.read(handle);
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        List<String> evaluations = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            evaluations.addAll(lines(evaluations(folder, i)));
        }
        evaluations.removeAll(List.of(HANGS));
        List<Trial> all = log.trials();
        int equal = all.size()
                - new HashSet<>(all.stream().map(Trial::configuration).toList()).size();
        int repeated = evaluations.size() - new HashSet<>(evaluations).size();
        new ResultLine()
                .put("storage", place.replaceAll("[?].*", ""))
                .put("processes", processes)
                .put("trials", trials)
                .put("killed", killed)
                .put("failed_processes", failed)
                .put(
                        "completed",
                        all.stream().filter(trial -> trial.value().isPresent()).count())
                .put("lost", trials - log.finished())
                .put("too_many", Math.max(0, all.size() - trials))
                .put("equal_configurations", equal)
                .put("finished_twice", log.finishedTwice())
                .put("evaluated", evaluations.size())
                .put("evaluated_twice", repeated)
                .put("taken_from_dead", log.taken())
                .put("lost_claims", log.lostClaims())
                .put("log_lines", log.lines())
                .put("seconds", seconds)
                .put("folder", folder.toString())
                .print();
        if (failed > 0 || log.finished() != trials || all.size() != trials || equal > 0 || repeated > killed) {
            throw new IllegalStateException("The shared study is not as it should be: see " + folder);
        }
    }

    /** What each process does, until the one that is to be killed hangs in a trial; prints the CPU time of its JVM per trial, its start left out. */
    static void work(List<String> arguments) {
        Options options = new Options(arguments, OPTIONS);
        int trials = options.whole("trials", 400);
        int millis = options.whole("millis", 20);
        Path evaluations = Path.of(options.required("evaluations"));
        SearchSpace space = space(trials);
        IntParameter a = (IntParameter) space.parameters().get(0);
        IntParameter b = (IntParameter) space.parameters().get(1);
        int hangFrom = options.whole("hang-from", Integer.MAX_VALUE);
        double before = ProcessFigures.cpuSeconds();
        int[] count = new int[1];
        ObjectiveSearch.minimize(space)
                .storage(storage(options.required("storage"), options.required("study")))
                .seed(options.whole("seed", 1))
                .sharing(Sharing.standard().withLimit(Duration.ofSeconds(options.whole("silence-seconds", 5))))
                .budget(Budget.ofTrials(trials))
                .run(trial -> {
                    count[0]++;
                    note(evaluations, Integer.toString(trial.number()));
                    if (trial.number() >= hangFrom) {
                        note(evaluations, HANGS);
                        TimeUnit.DAYS.sleep(1);
                    }
                    TimeUnit.MILLISECONDS.sleep(millis);
                    return Math.hypot(trial.get(a) - 3, trial.get(b) - 7);
                });
        new ResultLine()
                .put("evaluated", count[0])
                .put("cpu_ms_per_trial", (ProcessFigures.cpuSeconds() - before) * 1e3 / Math.max(1, count[0]))
                .print();
    }

    /** A quarter more points than trials, so that proposals which do not know of one another would be equal soon. */
    private static SearchSpace space(int trials) {
        int side = (int) Math.ceil(Math.sqrt(1.25 * trials));
        return SearchSpace.of(Parameter.ints("a", 1, side), Parameter.ints("b", 1, side));
    }

    private static StudyStorage storage(String place, String study) {
        return place.startsWith("jdbc:")
                ? JdbcStorage.shared(database(place), study)
                : JournalStorage.shared(Path.of(place));
    }

    private static DataSource database(String address) {
        if (address.startsWith("jdbc:postgresql:")) {
            PGSimpleDataSource postgres = new PGSimpleDataSource();
            postgres.setUrl(address);
            return postgres;
        }
        if (address.startsWith("jdbc:sqlite:")) {
            SQLiteDataSource sqlite = new SQLiteDataSource();
            sqlite.setUrl(address);
            return sqlite;
        }
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setUrl(address);
        return h2;
    }

    private static Path evaluations(Path folder, int process) {
        return folder.resolve(process + ".evaluations");
    }

    private static void note(Path file, String line) throws IOException {
        Files.writeString(file, line + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
