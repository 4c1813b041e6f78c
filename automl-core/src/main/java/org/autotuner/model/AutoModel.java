package org.autotuner.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.autotuner.bundle.Bundle;
import org.autotuner.bundle.Node;
import org.autotuner.data.Row;
import org.autotuner.data.Schema;
import org.autotuner.data.Table;
import org.autotuner.evaluate.Confidence;
import org.autotuner.evaluate.Conformal;
import org.autotuner.evaluate.Evaluation;
import org.autotuner.evaluate.Interval;
import org.autotuner.evaluate.Leaderboard;
import org.autotuner.metric.Metric;
import org.autotuner.metric.Metrics;
import org.autotuner.predict.Prediction;
import org.autotuner.predict.Predictions;
import org.autotuner.prepare.FittedPreparation;
import org.autotuner.profile.Profile;
import org.autotuner.score.Compression;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Tasks;
import org.autotuner.task.Weights;
import org.jspecify.annotations.Nullable;

/**
 * A trained ensemble with all it needs to predict: schema, preparations, scorers and their weights. Immutable and safe
 * from many threads; holds no native memory, so that {@link #close()} does nothing unless a scorer needs it.
 *
 * <p>Probabilities are the weighted mean of the members' probabilities (fold models of a member count equally), sharpened
 * or flattened by the calibration's temperature. Where the model was chosen by log loss, probabilities are at least 1e-6,
 * since a single wrong 0 would cost infinitely much. Quantiles are sorted.
 */
public final class AutoModel implements AutoCloseable {

    /** Rows that are prepared together: bounds the memory of a prediction. */
    static final int CHUNK = 4096;

    private final ModelParts parts;
    private final Blend blend;
    private final @Nullable Sureness sureness;

    AutoModel(ModelParts parts) {
        this.parts = parts;
        this.blend = new Blend(
                parts.task(),
                parts.preparations(),
                parts.members(),
                parts.temperature(),
                parts.metric().equals("log_loss") && parts.task().isClassification());
        this.sureness = attachment("confidence")
                .map(Confidence::read)
                .map(confidence -> Sureness.of(parts, blend, confidence))
                .orElse(null);
    }

    /** Collects the parts of a model. */
    public static AutoModelBuilder builder(Schema features, Task task, String metric) {
        return new AutoModelBuilder(features, task, metric);
    }

    /**
     * Reads a model file. Nothing in it is executed, and its scorers cannot fail or loop on any row.
     *
     * @throws org.autotuner.error.BundleException if it cannot be read, is damaged, too large or of a newer format
     */
    public static AutoModel load(Path file) {
        return ModelCodec.read(Bundle.read(file));
    }

    /**
     * Writes a model file; an existing one is replaced at once or not at all.
     *
     * @throws org.autotuner.error.BundleException if it cannot be written
     */
    public void save(Path file) {
        Bundle.write(file, toNode());
    }

    /**
     * Writes a model file whose dense networks are smaller, and measures what that costs: the model is saved as it is where
     * it holds none. This model itself stays as it is; conformal limits and validation score are those of before.
     *
     * @param measured rows with the target column, on which both models are scored by {@link #metric()}; a column of role
     *     WEIGHT weighs the rows
     * @throws org.autotuner.error.BundleException if the file cannot be written
     * @throws org.autotuner.error.DataException if the target is missing, or holds an unknown label
     */
    public CompressionReport save(Path file, Compression compression, Table measured) {
        AutoModel small = compressed(compression);
        CompressionReport report = CompressionReport.of(this, small, measured);
        Bundle.write(file, small.toNode());
        return report;
    }

    /**
     * This model with its dense networks compressed, also those inside averages; the same one where it holds none. All else
     * is shared with this model.
     */
    public AutoModel compressed(Compression compression) {
        List<Member> smaller = members().stream()
                .map(member -> new Member(
                        member.name(),
                        member.weight(),
                        member.parts().stream()
                                .map(part -> new Member.Part(
                                        part.preparation(), part.scorer().compressed(compression)))
                                .toList()))
                .toList();
        return smaller.equals(members()) ? this : new AutoModel(parts.withMembers(smaller));
    }

    /** What {@link #save(Path)} writes. */
    public Node toNode() {
        return ModelCodec.write(parts);
    }

    /**
     * Predicts one row. Absent columns and nulls are missing; names that the model does not know are ignored.
     *
     * @throws org.autotuner.error.DataException if a value cannot be understood; the message names the column
     */
    public Prediction predict(Row row) {
        return outputs(row).row(0);
    }

    private Predictions outputs(Row row) {
        double[] out = new double[parts.task().outputs()];
        blend.predict(parts.features().align(row), out, 0);
        return predictions(out);
    }

    /** Predicts the row that a record's components make. */
    public Prediction predict(Record row) {
        return predict(Row.from(row));
    }

    /**
     * Predicts all rows in the caller's thread.
     *
     * @throws org.autotuner.error.DataException if a value cannot be understood; the message names column and row
     */
    public Predictions predict(Table table) {
        return predict(table, Runnable::run);
    }

    /** The same with chunks of rows handed to an executor; equal results for every executor. */
    public Predictions predict(Table table, Executor executor) {
        return predictions(outputs(table, blend::predict, executor));
    }

    /** Writes outputs of the rows of an aligned table from a place on. */
    @FunctionalInterface
    private interface Mixing {
        void write(Table aligned, double[] out, int start);
    }

    private double[] outputs(Table table, Mixing mixing, Executor executor) {
        Table aligned = parts.features().align(table);
        int width = parts.task().outputs();
        double[] out = new double[Math.multiplyExact(aligned.rowCount(), width)];
        List<CompletableFuture<Void>> chunks = new ArrayList<>();
        for (int start = 0; start < aligned.rowCount(); start += CHUNK) {
            int first = start;
            int[] rows = new int[Math.min(CHUNK, aligned.rowCount() - start)];
            Arrays.setAll(rows, i -> first + i);
            chunks.add(
                    CompletableFuture.runAsync(() -> mixing.write(aligned.rows(rows), out, first * width), executor));
        }
        try {
            chunks.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
        return out;
    }

    private Predictions predictions(double[] out) {
        Predictions predictions = Predictions.of(parts.task(), out);
        return parts.threshold() == 0.5 ? predictions : predictions.withThreshold(parts.threshold());
    }

    /**
     * Measures the model on rows whose target is known: every metric of the task with a 90 % bootstrap interval.
     *
     * @param table with the target column; a column of role WEIGHT weighs the rows
     * @throws org.autotuner.error.DataException if the target is missing, or holds an unknown label
     */
    public Evaluation evaluate(Table table) {
        return Evaluation.of(parts.task(), Tasks.encode(parts.task(), table), predict(table), Tasks.weights(table), 1);
    }

    /**
     * An interval that holds a row's true value with at least the wanted probability, for rows drawn like those of
     * training; infinitely wide where these were too few.
     *
     * @param coverage wanted probability, at most the largest one of {@link #coverages()}; the next larger one is used
     * @throws IllegalStateException unless the task is a regression
     * @throws IllegalArgumentException if the model has no limit for so large a coverage
     * @throws org.autotuner.error.DataException if a value cannot be understood; the message names the column
     */
    public Interval interval(Row row, double coverage) {
        return limit(coverage).around(predict(row).value());
    }

    /**
     * The labels that cannot be ruled out for a row: the true one is among them with at least the wanted probability.
     * In label order; empty for a row that resembles none.
     *
     * @param coverage see {@link #interval}
     * @throws IllegalStateException unless the task is a classification
     * @throws IllegalArgumentException if the model has no limit for so large a coverage
     * @throws org.autotuner.error.DataException if a value cannot be understood; the message names the column
     */
    public List<String> labels(Row row, double coverage) {
        if (!parts.task().isClassification()) {
            throw new IllegalStateException("labels(row, coverage) does not fit: the task is %s."
                    .formatted(parts.task().kind()));
        }
        return limit(coverage).labels(outputs(row), 0);
    }

    /**
     * How sure the model is of its label: the share of validation rows of which it was less sure, in 0..1. Where it reads a
     * text, and nothing else, by an encoder, this also minds how much the text resembles those of training.
     *
     * @throws IllegalStateException unless the task is a classification, and the model was made by a search
     * @throws org.autotuner.error.DataException if a value cannot be understood; the message names the column
     */
    public double confidence(Row row) {
        double[] shares = new double[1];
        known().mix(parts.features().align(row), new double[parts.task().outputs()], 0, shares);
        return shares[0];
    }

    /** {@link #confidence(Row)} of all rows. */
    public double[] confidence(Table table) {
        Sureness known = known();
        double[] shares = new double[table.rowCount()];
        outputs(table, (aligned, out, start) -> known.mix(aligned, out, start, shares), Runnable::run);
        return shares;
    }

    /**
     * The label, or empty for a row that is better handed to a person or to a fallback, since the model is less sure of it than
     * it was of nearly all validation rows: it may resemble no class at all, such as a question out of scope.
     *
     * @param kept share of rows like those of training that shall get a label, in 0..1; 0.95 is usual
     * @throws IllegalStateException see {@link #confidence(Row)}
     * @throws org.autotuner.error.DataException if a value cannot be understood; the message names the column
     */
    public Optional<String> label(Row row, double kept) {
        if (!(kept >= 0 && kept <= 1)) {
            throw new IllegalArgumentException("The share of rows to keep is %s, but must be in 0..1.".formatted(kept));
        }
        double[] out = new double[parts.task().outputs()];
        double[] shares = new double[1];
        known().mix(parts.features().align(row), out, 0, shares);
        if (shares[0] < 1 - kept) {
            return Optional.empty();
        }
        blend.calibrate(out);
        return Optional.of(predictions(out).row(0).label());
    }

    private Sureness known() {
        Sureness found = sureness;
        if (found == null) {
            throw new IllegalStateException(
                    parts.task().isClassification()
                            ? "The model does not know how sure it was of validation rows. Make it by AutoTuner.fit."
                            : "Confidence does not fit: the task is %s."
                                    .formatted(parts.task().kind()));
        }
        return found;
    }

    /** Coverages that {@link #interval} and {@link #labels} offer, ascending; empty for a model without any. */
    public List<Double> coverages() {
        return parts.limits().stream().map(Conformal::coverage).toList();
    }

    private Conformal limit(double coverage) {
        return parts.limits().stream()
                .filter(limit -> limit.coverage() >= coverage)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The model has no limit for a coverage of %s. It was given limits for %s."
                                .formatted(coverage, coverages())));
    }

    /** The finished trials of the search that made this model, best first; empty for a model made otherwise. */
    public Leaderboard leaderboard() {
        return attachment("leaderboard").map(Leaderboard::read).orElse(new Leaderboard(parts.metric(), List.of()));
    }

    /**
     * The members measured each alone on rows whose target is known, best first; fit times are not known any more (NaN).
     *
     * @param table with the target column
     */
    public Leaderboard leaderboard(Table table) {
        Metric metric = Metrics.byName(parts.metric());
        Target truth = Tasks.encode(parts.task(), table);
        Weights weights = Tasks.weights(table);
        List<Leaderboard.Entry> entries = new ArrayList<>();
        for (int i = 0; i < parts.members().size(); i++) {
            Member member = parts.members().get(i);
            AutoModel alone = new AutoModel(parts.withMembers(List.of(member)));
            long start = System.nanoTime();
            double score = metric.score(truth, alone.predict(table), weights);
            double micros = (System.nanoTime() - start) * 1e-3 / Math.max(1, table.rowCount());
            entries.add(
                    new Leaderboard.Entry(member.name(), i, score, Double.NaN, Double.NaN, micros, 0, member.weight()));
        }
        return Leaderboard.of(metric, entries);
    }

    /** What the training data looked like; empty for a model made otherwise. */
    public Optional<Profile> profile() {
        return attachment("profile").map(Profile::read);
    }

    /** The columns that the model reads. */
    public Schema features() {
        return parts.features();
    }

    public Task task() {
        return parts.task();
    }

    /** Name of the metric by which the model was chosen. */
    public String metric() {
        return parts.metric();
    }

    public List<FittedPreparation> preparations() {
        return parts.preparations();
    }

    /** The members in falling order of weight; the weights add up to 1. */
    public List<Member> members() {
        return parts.members();
    }

    /** Probability of the positive label from which on it is predicted; 0.5 unless it was tuned. */
    public double decisionThreshold() {
        return parts.threshold();
    }

    /** Temperature of the calibration, 1 for none: above 1 flattens probabilities. */
    public double temperature() {
        return parts.temperature();
    }

    /** Validation score in the metric's own direction, NaN if unknown. */
    public double validationScore() {
        return parts.validationScore();
    }

    public Provenance provenance() {
        return parts.provenance();
    }

    /** What was stored beside the model under a name, such as {@code leaderboard} or {@code profile}. */
    public Optional<Node> attachment(String name) {
        return parts.attachments().has(name)
                ? Optional.of(Node.root().child(name, parts.attachments().node(name)))
                : Optional.empty();
    }

    /**
     * A smaller model: without the members whose weight is below, except the heaviest one, and without the
     * preparations that only these needed. The rest keeps its proportions.
     */
    public AutoModel withoutMembersBelow(double weight) {
        List<Member> kept = new ArrayList<>();
        for (Member member : parts.members()) {
            if (kept.isEmpty() || member.weight() >= weight) {
                kept.add(member);
            }
        }
        return kept.size() == parts.members().size() ? this : new AutoModel(parts.withMembers(kept));
    }

    @Override
    public void close() {
        // Plain-Java scorers hold nothing; the method exists for scorers that will hold an engine's memory.
    }
}
