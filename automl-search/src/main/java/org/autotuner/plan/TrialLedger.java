package org.autotuner.plan;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.autotuner.bundle.Bundle;
import org.autotuner.bundle.Node;
import org.autotuner.error.BundleException;
import org.autotuner.error.StorageException;
import org.autotuner.predict.Predictions;
import org.autotuner.prepare.FittedPreparation;
import org.autotuner.prepare.FittedPreparations;
import org.autotuner.prepare.TextEncoder;
import org.autotuner.score.Scorers;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;
import org.autotuner.storage.StudyStorage;
import org.autotuner.study.TrialOutcome;
import org.autotuner.task.Task;
import org.jspecify.annotations.Nullable;

/**
 * The journal of a table study: one line when a trial starts and one when it ends; the out-of-fold predictions and fold
 * models of a finished trial are an artifact that is complete before its line is written, so a crash between them loses
 * nothing but one trial. Without a storage it keeps nothing. Used by the coordinator alone.
 */
final class TrialLedger implements AutoCloseable {

    private final StudyStorage.@Nullable Handle storage;
    private final Function<String, TextEncoder> encoders;
    private final Map<Integer, FinishedTrial> finished = new HashMap<>();
    private final Map<Integer, String> endedWithout = new HashMap<>();
    private final Set<Integer> started = new HashSet<>();

    private TrialLedger(StudyStorage.@Nullable Handle storage, Function<String, TextEncoder> encoders) {
        this.storage = storage;
        this.encoders = encoders;
    }

    /** A ledger that keeps nothing. */
    static TrialLedger none() {
        return new TrialLedger(null, id -> {
            throw new IllegalStateException("Nothing is read without a storage.");
        });
    }

    /**
     * Opens a journal and reads what an earlier run left in it.
     *
     * @param fingerprint of data, task, folds and settings: a journal of another study is refused
     * @param space of all configurations
     * @param encoders gives the encoder of texts that a preparation names, or throws
     * @throws StorageException if the journal belongs to another study or cannot be read
     */
    static TrialLedger open(
            StudyStorage.Handle storage,
            String fingerprint,
            SearchSpace space,
            Task task,
            Function<String, TextEncoder> encoders) {
        TrialLedger ledger = new TrialLedger(storage, encoders);
        try {
            ledger.readAll(storage, fingerprint, space, task);
            return ledger;
        } catch (RuntimeException e) {
            storage.close(); // nobody else will: a refused journal stays free for others
            throw e;
        }
    }

    private void readAll(StudyStorage.Handle storage, String fingerprint, SearchSpace space, Task task) {
        List<StudyStorage.Entry> entries = storage.readFrom(0);
        if (entries.isEmpty()) {
            JsonObject created = new JsonObject();
            created.addProperty("kind", "table_study_created");
            created.addProperty("fingerprint", fingerprint);
            storage.append(created.toString());
        }
        for (StudyStorage.Entry entry : entries) {
            read(entry, fingerprint, space, task);
        }
    }

    /** What the user should know about the storage. */
    List<String> warnings() {
        return storage == null ? List.of() : storage.warnings();
    }

    /** Finished trials that the journal held when it was opened, in number order. */
    List<FinishedTrial> finishedTrials() {
        List<FinishedTrial> trials = new ArrayList<>(finished.values());
        trials.sort(java.util.Comparator.comparingInt(FinishedTrial::number));
        return trials;
    }

    /**
     * What the journal holds for a proposal.
     *
     * @throws StorageException if the journal has another configuration under this number
     */
    Optional<FinishedTrial> finishedTrial(int number, Configuration proposed) {
        FinishedTrial trial = finished.get(number);
        if (trial != null && !trial.proposed().equals(proposed)) {
            throw different(number, proposed.toJson(), trial.proposed().toJson());
        }
        return Optional.ofNullable(trial);
    }

    /** Whether the journal says that this trial ended without becoming a candidate. */
    boolean hasEndedWithout(int number, Configuration proposed) {
        String configuration = endedWithout.get(number);
        if (configuration != null && !configuration.equals(proposed.toJson())) {
            throw different(number, proposed.toJson(), configuration);
        }
        return configuration != null;
    }

    void started(int number, Configuration proposed) {
        if (storage != null && started.add(number)) {
            JsonObject line = line("trial_started", number);
            line.add("configuration", JsonParser.parseString(proposed.toJson()));
            storage.append(line.toString());
        }
    }

    void finished(FinishedTrial trial) {
        if (storage == null || finished.containsKey(trial.number())) {
            return;
        }
        storage.putArtifact(artifact(trial.number()), Bundle.toBytes(write(trial)));
        JsonObject line = line("trial_finished", trial.number());
        line.addProperty("family", trial.family());
        line.addProperty("error", String.valueOf(trial.error()));
        line.addProperty("seconds", trial.seconds());
        line.add("configuration", JsonParser.parseString(trial.configuration().toJson()));
        storage.append(line.toString());
    }

    /** A trial that was pruned or failed. */
    void endedWithout(int number, Configuration proposed, TrialOutcome outcome) {
        if (storage != null && !endedWithout.containsKey(number)) {
            JsonObject line = line("trial_ended", number);
            line.addProperty("cause", outcome instanceof TrialOutcome.Failed failed ? failed.cause() : "not promising");
            line.addProperty("seconds", outcome.seconds());
            line.add("configuration", JsonParser.parseString(proposed.toJson()));
            storage.append(line.toString());
        }
    }

    @Override
    public void close() {
        if (storage != null) {
            storage.close();
        }
    }

    private void read(StudyStorage.Entry entry, String fingerprint, SearchSpace space, Task task) {
        try {
            JsonObject line = JsonParser.parseString(entry.json()).getAsJsonObject();
            String kind = member(line, "kind").getAsString();
            if (kind.equals("table_study_created")) {
                if (!member(line, "fingerprint").getAsString().equals(fingerprint)) {
                    throw new StorageException("The storage holds a study of other data, another target or other"
                            + " options. Use another storage, or fit with the same data and options again.");
                }
                return;
            }
            int number = member(line, "number").getAsInt();
            if (kind.equals("trial_finished")) {
                storageOrFail()
                        .artifact(artifact(number))
                        .ifPresent(bytes -> finished.put(number, read(Bundle.fromBytes(bytes), space, task)));
            } else if (kind.equals("trial_ended")) {
                endedWithout.put(
                        number,
                        space.parse(member(line, "configuration").toString()).toJson());
            }
        } catch (JsonParseException | IllegalStateException | IllegalArgumentException | BundleException e) {
            throw new StorageException(
                    "Line %d of the journal cannot be used: %s. Use another storage, or remove this one."
                            .formatted(entry.position() + 1, e.getMessage()),
                    e);
        }
    }

    private static JsonElement member(JsonObject line, String name) {
        JsonElement member = line.get(name);
        if (member == null) {
            throw new IllegalArgumentException("it has no '%s'".formatted(name));
        }
        return member;
    }

    private StudyStorage.Handle storageOrFail() {
        return java.util.Objects.requireNonNull(storage);
    }

    private static Node write(FinishedTrial trial) {
        Node node = Node.root();
        node.put("number", trial.number());
        node.put("family", trial.family());
        node.put("proposed", trial.proposed().toJson());
        node.put("configuration", trial.configuration().toJson());
        node.put("error", trial.error());
        node.put(
                "fold_errors",
                trial.foldErrors().stream().mapToDouble(Double::doubleValue).toArray());
        node.put("out_of_fold", trial.outOfFold().toArray());
        node.put("seconds", trial.seconds());
        node.put("fit_seconds", trial.fitSeconds());
        node.put("row_micros", trial.rowMicros());
        node.list("parts");
        for (FoldPart part : trial.parts()) {
            Node child = node.append("parts");
            child.put("steps", part.steps());
            part.preparation().write(child.child("preparation"));
            Scorers.write(part.scorer(), child.child("scorer"));
        }
        return node;
    }

    private FinishedTrial read(Node node, SearchSpace space, Task task) {
        List<FoldPart> parts = new ArrayList<>();
        for (Node part : node.nodes("parts")) {
            FittedPreparation preparation = FittedPreparations.read(part.node("preparation"), encoders);
            parts.add(new FoldPart(
                    preparation,
                    Scorers.read(part.node("scorer"), encoders),
                    part.integer("steps", 0, Integer.MAX_VALUE)));
        }
        return new FinishedTrial(
                node.integer("number", 0, Integer.MAX_VALUE),
                node.text("family"),
                space.parse(node.text("proposed")),
                space.parse(node.text("configuration")),
                node.real("error"),
                java.util.Arrays.stream(node.doubles("fold_errors")).boxed().toList(),
                Predictions.of(task, node.doubles("out_of_fold")),
                parts,
                node.real("seconds"),
                node.real("fit_seconds"),
                node.real("row_micros"));
    }

    private static String artifact(int number) {
        return "trial-" + number;
    }

    private static JsonObject line(String kind, int number) {
        JsonObject line = new JsonObject();
        line.addProperty("kind", kind);
        line.addProperty("number", number);
        return line;
    }

    private static StorageException different(int number, String now, String then) {
        return new StorageException(("Trial %d would be %s now, but the journal holds %s: the study was made with other"
                        + " options or another version. Use another storage.")
                .formatted(number, now, then));
    }
}
