package org.autotuner.recommend;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.autotuner.budget.Budget;
import org.autotuner.budget.Deadline;
import org.autotuner.bundle.Bundle;
import org.autotuner.bundle.Node;
import org.autotuner.data.Table;
import org.autotuner.error.DataException;

/**
 * Ranks items for users by what they and others had: bought, saw, rated, however they rated it. Items are scored by weights
 * between items in closed form (EASE, Steck 2019), of which the penalty is chosen on the last items of a sample of users; where a
 * user is unknown, or nothing could be learned in the time, by how many users had them. Immutable and thread-safe; saved
 * files hold data only, the users' items among it.
 */
public final class Recommender {

    /** Beyond the most popular so many items only popularity counts: the weights are a square of them. */
    static final int MOST_ITEMS = 5000;

    private static final String KIND = "recommender";

    private final Interactions data;
    private final int[] counts;
    /** Items that have weights, and the place of each item among them, or -1. */
    private final int[] chosen;

    private final int[] places;
    private final float[][] weights;
    private final double ridge;

    private Recommender(Interactions data, int[] chosen, float[][] weights, double ridge) {
        this.data = data;
        this.counts = data.counts();
        this.chosen = chosen;
        this.weights = weights;
        this.ridge = ridge;
        this.places = new int[data.items().size()];
        Arrays.fill(places, -1);
        for (int i = 0; i < chosen.length; i++) {
            places[chosen[i]] = i;
        }
    }

    /**
     * Learns from a table with a row for each user and item that met; rows may repeat, other columns are not read.
     *
     * @param user column of users, names or numbers
     * @param item column of items, names or numbers
     * @param budget its time is kept; 1,000 items take about a second, 5,000 about two minutes
     * @throws DataException if a column is absent, or fewer than two items are named
     */
    public static Recommender fit(Table interactions, String user, String item, Budget budget) {
        Deadline deadline = budget.time().map(Deadline::after).orElseGet(Deadline::never);
        Interactions data = Interactions.of(interactions, user, item);
        if (data.items().size() < 2) {
            throw new DataException("Column '%s' names %d item(s), but ranking needs two at least."
                    .formatted(item, data.items().size()));
        }
        int[] counts = data.counts();
        int[] chosen = IntStream.range(0, counts.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> -counts[i]))
                .limit(MOST_ITEMS)
                .mapToInt(Integer::intValue)
                .toArray();
        Optional<RidgeChoice.Weights> found = new RidgeChoice(data, chosen, deadline).choose();
        return found.map(best -> new Recommender(data, chosen, best.weights(), best.ridge()))
                .orElseGet(() -> new Recommender(data, new int[0], new float[0][], Double.NaN));
    }

    static Recommender of(Interactions data, int[] chosen, float[][] weights, double ridge) {
        return new Recommender(data, chosen, weights, ridge);
    }

    /**
     * The best items that the user did not have, best first; fewer where there are no more. For a user who is not known, those
     * that most users had.
     *
     * @param user as the column named it; a number without a fraction is written without one
     * @param count at least 0
     */
    public List<RankedItem> recommend(String user, int count) {
        int number = data.user(user);
        return best(number < 0 ? new int[0] : data.history(number), count);
    }

    /** The same for somebody who had these items; names that are not known do not count. */
    public List<RankedItem> recommendFor(Collection<String> had, int count) {
        return best(
                had.stream()
                        .mapToInt(data::item)
                        .filter(item -> item >= 0)
                        .distinct()
                        .toArray(),
                count);
    }

    /** The items that most users had, best first, whoever asks; what lists are to be better than. */
    public List<RankedItem> popular(String user, int count) {
        int number = data.user(user);
        int[] history = number < 0 ? new int[0] : data.history(number);
        double[] scores = new double[counts.length];
        Arrays.setAll(scores, item -> counts[item]);
        return best(scores, history, count);
    }

    /**
     * Measures lists on later rows: those of users who are known, without the items they had before.
     *
     * @param later rows with the same columns as those of training
     * @param listLength length of the lists, at least 1
     */
    public RankingReport evaluate(Table later, String user, String item, int listLength) {
        return RankingReport.of(Later.of(data, later, user, item), this::recommend, listLength);
    }

    /** {@link #evaluate} of {@link #popular} lists. */
    public RankingReport evaluatePopular(Table later, String user, String item, int listLength) {
        return RankingReport.of(Later.of(data, later, user, item), this::popular, listLength);
    }

    /** Whether weights between items were learned; if not, the time was too short, and lists go by popularity alone. */
    public boolean hasWeights() {
        return chosen.length > 0;
    }

    /** The penalty that was chosen; NaN without weights. */
    public double ridge() {
        return ridge;
    }

    public int userCount() {
        return data.users().size();
    }

    public int itemCount() {
        return data.items().size();
    }

    private List<RankedItem> best(int[] history, int count) {
        double[] scores = new double[counts.length];
        double most = Arrays.stream(counts).max().orElse(1) + 1.0;
        // Popularity decides among items of equal scores, and all where no item of the history has weights.
        Arrays.setAll(scores, item -> counts[item] / most * 1e-6);
        for (int item : history) {
            if (places[item] >= 0) {
                float[] row = weights[places[item]];
                for (int j = 0; j < row.length; j++) {
                    scores[chosen[j]] += row[j];
                }
            }
        }
        return best(scores, history, count);
    }

    private List<RankedItem> best(double[] scores, int[] history, int count) {
        double[] left = scores.clone();
        for (int item : history) {
            left[item] = Double.NEGATIVE_INFINITY;
        }
        List<RankedItem> list = new ArrayList<>();
        int wanted = Math.min(Math.max(0, count), left.length);
        Integer[] order = IntStream.range(0, left.length)
                .filter(item -> left[item] > Double.NEGATIVE_INFINITY)
                .boxed()
                .toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble((Integer item) -> -left[item]));
        for (int i = 0; i < Math.min(wanted, order.length); i++) {
            list.add(new RankedItem(data.items().get(order[i]), left[order[i]]));
        }
        return list;
    }

    /**
     * Writes a file; an existing one is replaced at once or not at all.
     *
     * @throws org.autotuner.error.BundleException if it cannot be written
     */
    public void save(Path file) {
        Node root = Node.root().put("kind", KIND).put("ridge", ridge);
        root.putTexts("users", data.users()).putTexts("items", data.items()).put("chosen", chosen);
        int[] starts = new int[data.users().size() + 1];
        for (int user = 0; user < data.users().size(); user++) {
            starts[user + 1] = starts[user] + data.history(user).length;
        }
        int[] had = new int[starts[data.users().size()]];
        for (int user = 0; user < data.users().size(); user++) {
            System.arraycopy(data.history(user), 0, had, starts[user], starts[user + 1] - starts[user]);
        }
        root.put("starts", starts).put("had", had);
        float[] flat = new float[chosen.length * chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(weights[i], 0, flat, i * chosen.length, chosen.length);
        }
        root.put("weights", flat);
        Bundle.write(file, root);
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @throws org.autotuner.error.BundleException if it cannot be read or is damaged
     */
    public static Recommender load(Path file) {
        Node root = Bundle.read(file);
        if (!root.text("kind").equals(KIND)) {
            throw root.wrong("kind", "is '%s', so this file holds something else".formatted(root.text("kind")));
        }
        List<String> users = root.texts("users");
        List<String> items = root.texts("items");
        int[] starts = root.ints("starts");
        int[] had = root.ints("had");
        check(root, "users", users.stream().distinct().count() == users.size(), "names a user twice");
        check(root, "items", items.stream().distinct().count() == items.size(), "names an item twice");
        check(root, "starts", starts.length == users.size() + 1 && starts[0] == 0, "does not fit the users");
        check(root, "starts", starts[users.size()] == had.length, "does not fit what they had");
        int[][] histories = new int[users.size()][];
        for (int user = 0; user < histories.length; user++) {
            check(root, "starts", starts[user] <= starts[user + 1], "falls at position %d".formatted(user));
            histories[user] = Arrays.copyOfRange(had, starts[user], starts[user + 1]);
            ascending(root, "had", histories[user], items.size());
        }
        int[] chosen = root.ints("chosen");
        int[] sorted = chosen.clone();
        Arrays.sort(sorted);
        ascending(root, "chosen", sorted, items.size());
        float[] flat = root.floats("weights");
        check(root, "weights", flat.length == (long) chosen.length * chosen.length, "does not fit the items");
        float[][] weights = new float[chosen.length][];
        for (int i = 0; i < chosen.length; i++) {
            weights[i] = Arrays.copyOfRange(flat, i * chosen.length, (i + 1) * chosen.length);
            for (float weight : weights[i]) {
                check(root, "weights", Float.isFinite(weight), "holds a number that is not finite");
            }
        }
        return new Recommender(new Interactions(users, items, histories), chosen, weights, root.real("ridge"));
    }

    private static void ascending(Node root, String name, int[] numbers, int limit) {
        for (int i = 0; i < numbers.length; i++) {
            boolean isBeyond = numbers[i] < 0 || numbers[i] >= limit;
            check(root, name, !isBeyond && (i == 0 || numbers[i] > numbers[i - 1]), "holds a wrong item");
        }
    }

    private static void check(Node root, String name, boolean isSound, String problem) {
        if (!isSound) {
            throw root.wrong(name, problem);
        }
    }

    @Override
    public String toString() {
        String by = hasWeights() ? "weights between %d items".formatted(chosen.length) : "popularity";
        return "Recommender of %d items to %d users by %s".formatted(itemCount(), userCount(), by);
    }
}
