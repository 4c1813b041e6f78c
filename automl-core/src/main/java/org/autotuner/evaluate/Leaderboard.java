package org.autotuner.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.autotuner.bundle.Node;

/**
 * The trials of a search, best first.
 *
 * @param metric name of the metric of the scores
 */
public record Leaderboard(String metric, List<Entry> entries) {

    public Leaderboard {
        entries = List.copyOf(entries);
    }

    /**
     * One trial.
     *
     * @param score validation score, mean over folds
     * @param deviation standard deviation of the score over folds; NaN with one fold
     * @param fitSeconds all folds together
     * @param predictMicros per row
     * @param bytes size of the model
     * @param weight in the ensemble, 0..1; 0 if it is not in it
     */
    public record Entry(
            String family,
            int trial,
            double score,
            double deviation,
            double fitSeconds,
            double predictMicros,
            long bytes,
            double weight) {}

    /** Sorts entries, best first; NaN last. */
    public static Leaderboard of(org.autotuner.metric.Metric metric, List<Entry> entries) {
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(java.util.Comparator.comparingDouble((Entry entry) -> metric.errorOf(entry.score()))
                .thenComparingInt(Entry::trial));
        return new Leaderboard(metric.name(), sorted);
    }

    public void write(Node node) {
        node.put("metric", metric).list("entries");
        for (Entry entry : entries) {
            node.append("entries")
                    .put("family", entry.family())
                    .put("trial", (long) entry.trial())
                    .put("score", entry.score())
                    .put("deviation", entry.deviation())
                    .put("fit_seconds", entry.fitSeconds())
                    .put("predict_micros", entry.predictMicros())
                    .put("bytes", entry.bytes())
                    .put("weight", entry.weight());
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws org.autotuner.error.BundleException if it is damaged
     */
    public static Leaderboard read(Node node) {
        List<Entry> entries = new ArrayList<>();
        for (Node entry : node.nodes("entries")) {
            entries.add(new Entry(
                    entry.text("family"),
                    entry.integer("trial", 0, Integer.MAX_VALUE),
                    entry.real("score"),
                    entry.real("deviation"),
                    entry.real("fit_seconds"),
                    entry.real("predict_micros"),
                    entry.number("bytes"),
                    entry.real("weight")));
        }
        return new Leaderboard(node.text("metric"), entries);
    }

    /** The leaderboard as a text table. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%4s  %-20s %6s %14s %10s %9s %12s %11s %7s%n",
                "rank",
                "family",
                "trial",
                metric.length() > 14 ? "score" : metric,
                "sd",
                "fit s",
                "predict us",
                "bytes",
                "weight"));
        int rank = 1;
        for (Entry entry : entries) {
            text.append(String.format(
                    Locale.ROOT,
                    "%4d  %-20s %6d %14.6g %10s %9.2f %12.1f %11d %7s%n",
                    rank++,
                    entry.family(),
                    entry.trial(),
                    entry.score(),
                    Double.isNaN(entry.deviation()) ? "" : String.format(Locale.ROOT, "%.4g", entry.deviation()),
                    entry.fitSeconds(),
                    entry.predictMicros(),
                    entry.bytes(),
                    entry.weight() == 0 ? "" : String.format(Locale.ROOT, "%.3f", entry.weight())));
        }
        return text.toString();
    }
}
