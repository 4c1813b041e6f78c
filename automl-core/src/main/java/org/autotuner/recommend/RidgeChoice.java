package org.autotuner.recommend;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;

/**
 * Chooses the penalty of {@link ItemWeights}: for each the weights of four fifths of what users had must find the hidden rest
 * (NDCG of ten). As many penalties are tried as the time allows, the usual one first. One use.
 */
final class RidgeChoice {

    private static final double[] RIDGES = {200, 50, 600, 1500, 15};
    private static final double USUAL = RIDGES[0];
    private static final int LIST = 10;
    private static final double HIDDEN = 0.2;
    private static final int MOST_MEASURED = 2000;

    private final Interactions data;
    private final int[] chosen;
    private final Deadline deadline;
    private final Map<String, Set<String>> hidden = new HashMap<>();

    /** What was found. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Weights(float[][] weights, double ridge) {}

    RidgeChoice(Interactions data, int[] chosen, Deadline deadline) {
        this.data = data;
        this.chosen = chosen;
        this.deadline = deadline;
    }

    /** The weights of all that users had with the best penalty; empty if the time is not enough for any. */
    Optional<Weights> choose() {
        try {
            long start = System.nanoTime();
            double best = USUAL;
            Optional<Weights> first = Optional.of(new Weights(ItemWeights.of(data, chosen, USUAL, deadline), USUAL));
            double seconds = (System.nanoTime() - start) * 1e-9;
            double most = Double.NEGATIVE_INFINITY;
            Interactions shown = shown();
            for (double ridge : RIDGES) {
                // One more at the end, for the weights of all.
                if (deadline.remainingSeconds() < 2.5 * seconds) {
                    break;
                }
                double found = measure(shown, ridge);
                if (found > most) {
                    most = found;
                    best = ridge;
                }
            }
            if (best == USUAL) {
                return first;
            }
            try {
                return Optional.of(new Weights(ItemWeights.of(data, chosen, best, deadline), best));
            } catch (DeadlineExceededException e) {
                return first; // good, though not the best
            }
        } catch (DeadlineExceededException e) {
            return Optional.empty(); // the caller says so, and goes by popularity
        }
    }

    /** Without the hidden part of each history of five items or more. */
    private Interactions shown() {
        SplittableRandom random = new SplittableRandom(5);
        int[][] histories = data.copyOfHistories();
        for (int user = 0; user < histories.length; user++) {
            int[] history = histories[user];
            int count = (int) (HIDDEN * history.length);
            int[] order = history.clone();
            for (int i = order.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swap = order[i];
                order[i] = order[j];
                order[j] = swap;
            }
            if (user < MOST_MEASURED) {
                hidden.put(
                        data.users().get(user),
                        Arrays.stream(order, 0, count)
                                .mapToObj(data.items()::get)
                                .collect(Collectors.toSet()));
            }
            int[] rest = Arrays.copyOfRange(order, count, order.length);
            Arrays.sort(rest);
            histories[user] = rest;
        }
        return data.with(histories);
    }

    private double measure(Interactions shown, double ridge) {
        float[][] weights = ItemWeights.of(shown, chosen, ridge, deadline);
        Recommender lists = Recommender.of(shown, chosen, weights, ridge);
        return RankingReport.of(
                        hidden,
                        (user, length) -> {
                            deadline.check();
                            return lists.recommend(user, length);
                        },
                        LIST)
                .ndcg();
    }
}
