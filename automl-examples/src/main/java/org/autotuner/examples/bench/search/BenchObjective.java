package org.autotuner.examples.bench.search;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;

/**
 * One objective to minimise.
 *
 * @param noise standard deviation of what is added to the loss before a sampler sees it
 * @param lowest loss there is, without noise
 * @param isFailing whether three trials of ten fail and one is observed as NaN
 */
public record BenchObjective(
        String name, SearchSpace space, Loss loss, double noise, double lowest, List<Check> checks, boolean isFailing)
        implements AutoCloseable {

    private static final double FAILURES = 0.3;
    private static final double NANS = 0.1;

    /** A value that the loss of a configuration must have, and perhaps what is observed of it in a trial of a seed. */
    public record Check(Configuration configuration, double value, Optional<Observed> observed) {}

    /** A value that a trial of a seed must see. */
    public record Observed(long seed, int trial, double value) {}

    public BenchObjective {
        checks = List.copyOf(checks);
    }

    /**
     * Reads one entry of {@code objectives.json}.
     *
     * @param folder of that file
     * @throws IllegalArgumentException if the entry lacks something, or its function is not known
     */
    static BenchObjective read(JsonObject entry, Path folder) throws IOException {
        String name = entry.get("name").getAsString();
        if (!entry.has("fstar")) {
            throw new IllegalArgumentException("The objective '%s' has no fstar, its lowest loss.".formatted(name));
        }
        SearchSpace space = SpaceReader.read(entry.getAsJsonArray("space"));
        List<Check> checks = new ArrayList<>();
        if (entry.has("checks")) {
            for (JsonElement check : entry.getAsJsonArray("checks")) {
                checks.add(check(check.getAsJsonObject(), space));
            }
        }
        double noise = entry.has("noise") ? entry.get("noise").getAsDouble() : 0;
        return new BenchObjective(
                name,
                space,
                loss(entry, space, folder),
                noise,
                entry.get("fstar").getAsDouble(),
                checks,
                false);
    }

    /** A copy of which three trials of ten fail and one of ten is observed as NaN, by seed and trial. */
    public BenchObjective failing() {
        return new BenchObjective(name, space, loss, noise, lowest, checks, true);
    }

    /**
     * What a sampler sees of a loss.
     *
     * @throws FailedTrialException if the trial is one that fails
     */
    public double observe(double value, long seed, int trial) {
        if (isFailing) {
            double lot = Noise.lot(seed, trial);
            if (lot < FAILURES) {
                throw new FailedTrialException();
            }
            if (lot < FAILURES + NANS) {
                return Double.NaN;
            }
        }
        return noise == 0 ? value : value + noise * Noise.of(seed, trial);
    }

    /** How far a loss lies above the lowest. */
    public double regret(double value) {
        return Math.max(0, value - lowest);
    }

    /** The largest relative error among the checks; 0 without checks. */
    public double checkError() {
        double largest = 0;
        for (Check check : checks) {
            double value = loss.of(check.configuration());
            largest = Math.max(largest, relative(value, check.value()));
            if (check.observed().isPresent()) {
                Observed observed = check.observed().get();
                largest = Math.max(
                        largest, relative(observe(value, observed.seed(), observed.trial()), observed.value()));
            }
        }
        return largest;
    }

    /** Ends what stands behind the loss. */
    @Override
    public void close() {
        loss.close();
    }

    private static Loss loss(JsonObject entry, SearchSpace space, Path folder) throws IOException {
        String function = entry.get("fn").getAsString();
        if (function.equals("table")) {
            List<String> names =
                    space.parameters().stream().map(Parameter::name).toList();
            return TableLoss.read(folder.resolve(entry.get("table").getAsString()), names);
        }
        if (function.equals("exec")) {
            JsonArray command = entry.getAsJsonArray("command");
            return new ProgramLoss(
                    command.asList().stream().map(JsonElement::getAsString).toList(), folder);
        }
        return VectorFormulas.of(function, entry)
                .or(() -> ModelFormulas.of(function))
                .orElseThrow(() -> new IllegalArgumentException(
                        "The objective '%s' needs the function '%s', which is not known here; exec is the way to one."
                                .formatted(entry.get("name").getAsString(), function)));
    }

    private static Check check(JsonObject check, SearchSpace space) {
        Optional<Observed> observed = check.has("observed")
                ? Optional.of(new Observed(
                        check.get("seed").getAsLong(),
                        check.get("trial").getAsInt(),
                        check.get("observed").getAsDouble()))
                : Optional.empty();
        return new Check(
                space.parse(check.get("config").toString()), check.get("value").getAsDouble(), observed);
    }

    private static double relative(double value, double expected) {
        double difference = Math.abs(value - expected);
        if (Double.isNaN(difference)) {
            return Double.POSITIVE_INFINITY;
        }
        return expected == 0 ? difference : difference / Math.abs(expected);
    }
}
