package org.autotuner.optimize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.autotuner.optimize.Observations.Observation;
import org.autotuner.optimize.Observations.State;

/**
 * A Gaussian process kept up with a growing study. Its kernel's parameters are improved whenever the number of trials
 * with a value passes the next of a fixed list of sizes, each time from the parameters before and from the first so
 * many trials alone; so they are a function of the trials, not of when the study was looked at. Used by one thread.
 */
final class Surrogate {

    /** Parameters from the first trials; {@code last} is the number of the last of these, {@code values} are theirs. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Fitted(int size, int last, double[] values, double[] logs, double lambda) {

        boolean isOf(List<Observation> measured) {
            return size <= measured.size()
                    && measured.get(size - 1).number() == last
                    && isOfValues(measured.subList(0, size));
        }

        private boolean isOfValues(List<Observation> some) {
            return Arrays.equals(values, Surrogate.values(some, projection(some)));
        }
    }

    private final Encoding encoding;
    private final ProcessFit fit;
    private final List<Fitted> fits = new ArrayList<>();
    private Fitted current;
    private GaussianProcess process;
    private List<double[]> held = List.of();
    private double incumbent;
    private List<Observation> valued = new ArrayList<>();
    private double[] means = new double[0];
    private Repetitions repetitions = new Repetitions();

    Surrogate(Encoding encoding) {
        this.encoding = encoding;
        this.fit = new ProcessFit(encoding);
        this.current = none();
        this.process = new GaussianProcess(new Covariance(encoding, current.logs()));
    }

    GaussianProcess process() {
        return process;
    }

    /**
     * The lowest posterior mean among the trials, in the process's unit; running ones count, or all that run at once would
     * promise to improve at the same place.
     */
    double incumbent() {
        return incumbent;
    }

    /** The completed trials in number order, then those that were cut, with the values they were heading for. */
    List<Observation> valued() {
        return valued;
    }

    /** Whether a pruner ended or paused some of these. */
    boolean hasCutTrials() {
        return valued.stream().anyMatch(Observation::isCut);
    }

    /** Posterior means of {@link #valued()} in its order, and of lost trials behind, in the process's unit. */
    double[] means() {
        return means;
    }

    /** What trials of equal configurations tell, in the process's unit. */
    Repetitions repetitions() {
        return repetitions;
    }

    /**
     * Learns all trials: pruned and paused ones count with the values they were heading for, running ones with what is
     * expected of them, and failed ones with the worst value if failures tell of places.
     */
    void learn(Observations observations, Failures failures) {
        List<Observation> measured = observations.measured();
        forget(measured);
        refit(measured);
        valued = observations.valued();
        valued.sort(Comparator.comparing(Observation::isCut));
        List<double[]> rows = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (Observation one : valued) {
            rows.add(Covariance.filled(one.vector()));
            values.add(one.value());
        }
        double worst = observations.ranked().stream()
                .mapToDouble(Observation::value)
                .max()
                .orElse(0);
        for (Observation one : observations.all()) {
            if (one.state() == State.FAILED && failures.areLocal()) {
                rows.add(Covariance.filled(one.vector()));
                values.add(worst);
            }
        }
        double[] known = array(values);
        PowerTransform transform = PowerTransform.of(known, current.lambda());
        double[] standardised = transform.apply(known);
        repetitions = new Repetitions();
        for (int i = 0; i < observations.completedCount(); i++) {
            repetitions.add(rows.get(i), standardised[i]);
        }
        condition(rows, standardised);
        means = process.means(known.length, standardised);
        incumbent = Arrays.stream(means).min().orElse(0);
        List<Double> expected = new ArrayList<>();
        for (Observation one : observations.all()) {
            if (one.state() == State.RUNNING) {
                double[] row = Covariance.filled(one.vector());
                rows.add(row);
                expected.add(process.mean(row));
            }
        }
        if (!expected.isEmpty()) {
            double[] all = Arrays.copyOf(standardised, rows.size());
            for (int i = 0; i < expected.size(); i++) {
                all[known.length + i] = expected.get(i);
                incumbent = Math.min(incumbent, expected.get(i));
            }
            condition(rows, all);
        }
    }

    private Fitted none() {
        return new Fitted(0, -1, new double[0], fit.start(), 1);
    }

    /**
     * Goes back to the parameters from before the first trial that has ended since, though others had begun later, or that has
     * gone on after a pause.
     */
    private void forget(List<Observation> measured) {
        int kept = fits.size();
        while (kept > 0 && !fits.get(kept - 1).isOf(measured)) {
            kept--;
        }
        if (kept < fits.size()) {
            fits.subList(kept, fits.size()).clear();
            use(kept == 0 ? none() : fits.get(kept - 1));
        }
    }

    private void use(Fitted fitted) {
        current = fitted;
        process = new GaussianProcess(new Covariance(encoding, fitted.logs()));
        held = List.of();
    }

    private void refit(List<Observation> measured) {
        for (int size = next(current.size()); size <= measured.size(); size = next(size)) {
            List<Observation> some = measured.subList(0, size);
            Projection projection = projection(some);
            double[] known = values(some, projection);
            List<double[]> first =
                    some.stream().map(one -> Covariance.filled(one.vector())).toList();
            PowerTransform before = PowerTransform.of(known, current.lambda());
            double exponent =
                    fit.exponent(current.logs(), first, known, new CutTrials(projection, before).uncertainties(some));
            int evaluations = current.size() == 0 ? 25 : size < 60 ? 12 : 8;
            PowerTransform transform = PowerTransform.of(known, exponent);
            double[] better = fit.improve(
                    current.logs(),
                    first,
                    transform.apply(known),
                    new CutTrials(projection, transform).uncertainties(some),
                    evaluations);
            use(new Fitted(size, some.get(size - 1).number(), known, better, exponent));
            fits.add(current);
        }
    }

    private static double[] values(List<Observation> some, Projection projection) {
        return some.stream().mapToDouble(projection::value).toArray();
    }

    /** Cut ones count as in {@link #learn}, by the completed ones among these. */
    private static Projection projection(List<Observation> some) {
        return new Projection(
                some.stream().filter(one -> one.state() == State.COMPLETED).toList());
    }

    /** The sizes at which parameters are improved: often at first, then with each twelfth more. */
    private static int next(int size) {
        return size < 5 ? 5 : size + Math.max(1, size / 12);
    }

    /** Keeps the rows that the process already holds in front. */
    private void condition(List<double[]> rows, double[] values) {
        int same = 0;
        while (same < held.size() && same < rows.size() && Arrays.equals(held.get(same), rows.get(same))) {
            same++;
        }
        process.truncate(same);
        for (int i = same; i < rows.size(); i++) {
            process.append(rows.get(i));
        }
        held = List.copyOf(rows);
        process.condition(values);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
