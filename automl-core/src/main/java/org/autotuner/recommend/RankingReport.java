package org.autotuner.recommend;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * How good lists of items are for users whose later items are known. Every item that the user did not have competes.
 *
 * @param users with at least one later item, over whom the means are taken
 * @param listLength length of the lists
 * @param ndcg normalised discounted cumulative gain of the lists, in 0..1 (Järvelin and Kekäläinen 2002, binary relevance)
 * @param recall share of a user's later items, or of the list's length if there are more, that the list names
 * @param hitRate share of users whose list names one at least
 */
public record RankingReport(int users, int listLength, double ndcg, double recall, double hitRate) {

    /**
     * Measures lists.
     *
     * @param later the items to be found, by user; users without any do not count
     * @param lists gives the list of a user of this many items
     */
    static RankingReport of(
            Map<String, Set<String>> later, BiFunction<String, Integer, List<RankedItem>> lists, int length) {
        double gain = 0;
        double recall = 0;
        int hits = 0;
        int counted = 0;
        for (String user : later.keySet().stream().sorted().toList()) {
            Set<String> wanted = later.getOrDefault(user, Set.of());
            if (wanted.isEmpty()) {
                continue;
            }
            counted++;
            double sum = 0;
            int found = 0;
            int rank = 1;
            for (RankedItem one : lists.apply(user, length)) {
                if (wanted.contains(one.item())) {
                    sum += discount(rank);
                    found++;
                }
                rank++;
            }
            int most = Math.min(length, wanted.size());
            double ideal = 0;
            for (int i = 1; i <= most; i++) {
                ideal += discount(i);
            }
            gain += sum / ideal;
            recall += (double) found / most;
            hits += found > 0 ? 1 : 0;
        }
        double divisor = Math.max(1, counted);
        return new RankingReport(counted, length, gain / divisor, recall / divisor, hits / divisor);
    }

    private static double discount(int rank) {
        return Math.log(2) / Math.log(rank + 1.0);
    }
}
