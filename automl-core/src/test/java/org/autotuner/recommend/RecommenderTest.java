package org.autotuner.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.budget.Budget;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.bundle.Bundle;
import org.autotuner.bundle.Node;
import org.autotuner.data.Table;
import org.autotuner.error.BundleException;
import org.autotuner.error.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecommenderTest {

    private static final Budget TEN = Budget.ofSeconds(10);

    private static Table pairs(String... pairs) {
        String[] users = new String[pairs.length];
        String[] items = new String[pairs.length];
        for (int i = 0; i < pairs.length; i++) {
            users[i] = pairs[i].split(" ")[0];
            items[i] = pairs[i].split(" ")[1];
        }
        return Table.builder()
                .categorical("user", users)
                .categorical("item", items)
                .build();
    }

    /** Users of two tastes: each had six of the ten items of its own, and everybody one of three that all like. */
    private static Table tastes(int from, int to, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> pairs = new ArrayList<>();
        for (int user = from; user < to; user++) {
            for (int i = 0; i < 6; i++) {
                pairs.add("u" + user + (user % 2 == 0 ? " even" : " odd") + random.nextInt(10));
            }
            pairs.add("u" + user + " all" + random.nextInt(3));
        }
        return pairs(pairs.toArray(String[]::new));
    }

    @Test
    void weightsAreTheRidgeRegressionOfEachItemOnTheOthers() {
        // Three users; the Gram matrix of items a, b, c is [[2, 1, 1], [1, 2, 1], [1, 1, 2]], with 1 on the diagonal
        // added.
        Interactions data = Interactions.of(pairs("1 a", "1 b", "2 b", "2 c", "3 a", "3 c"), "user", "item");
        float[][] weights = ItemWeights.of(data, new int[] {0, 1, 2}, 1, Deadline.never());
        // Its inverse has 0.4 on the diagonal and -0.1 beside it, so that every weight is 0.25.
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                assertThat(weights[i][j]).isCloseTo(i == j ? 0 : 0.25f, within(1e-6f));
            }
        }
        assertThatThrownBy(() -> ItemWeights.of(data, new int[] {0, 1}, 1, Deadline.after(Duration.ZERO)))
                .isInstanceOf(DeadlineExceededException.class);
    }

    @Test
    void listsKeepToAUsersTasteAndLeaveOutWhatIsKnown() {
        Table had = tastes(0, 200, 1);
        Recommender recommender = Recommender.fit(had, "user", "item", TEN);
        assertThat(recommender.hasWeights()).isTrue();
        Interactions data = Interactions.of(had, "user", "item");
        for (int user = 0; user < 20; user++) {
            List<RankedItem> list = recommender.recommend("u" + user, 3);
            String taste = user % 2 == 0 ? "odd" : "even";
            assertThat(list).hasSize(3).noneMatch(one -> one.item().startsWith(taste));
            List<String> known = new ArrayList<>();
            for (int item : data.history(data.user("u" + user))) {
                known.add(data.items().get(item));
            }
            assertThat(list).extracting(RankedItem::item).doesNotContainAnyElementsOf(known);
            assertThat(list).isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
        }
        assertThat(recommender.recommendFor(List.of("even1", "even2", "nothing"), 2))
                .allMatch(one -> one.item().startsWith("even") || one.item().startsWith("all"));
    }

    @Test
    void whoIsNotKnownGetsWhatIsPopular() {
        Recommender recommender =
                Recommender.fit(pairs("1 a", "1 b", "2 b", "2 c", "3 b", "3 c", "4 d"), "user", "item", TEN);
        assertThat(recommender.recommend("nobody", 2))
                .extracting(RankedItem::item)
                .containsExactly("b", "c");
        assertThat(recommender.popular("1", 9))
                .extracting(RankedItem::item)
                .startsWith("c")
                .doesNotContain("a", "b");
        assertThat(recommender.recommendFor(List.of(), 0)).isEmpty();
        assertThat(recommender.recommend("4", 100)).hasSize(3);
    }

    @Test
    void withoutTimePopularityDecides() {
        Recommender recommender = Recommender.fit(tastes(0, 50, 1), "user", "item", Budget.of(Duration.ofNanos(1)));
        assertThat(recommender.hasWeights()).isFalse();
        assertThat(recommender.recommend("u1", 2))
                .isEqualTo(recommender.recommendFor(List.of(), 50).stream()
                        .filter(one -> recommender.recommend("u1", 50).contains(one))
                        .limit(2)
                        .toList());
    }

    @Test
    void listsAreMeasuredOnLaterItems() {
        // Who had a had b later: found at once. By popularity: c is in front of b.
        Recommender recommender = Recommender.fit(
                pairs("1 a", "2 a", "2 b", "3 a", "3 b", "4 c", "5 c", "6 c", "7 c"), "user", "item", TEN);
        RankingReport report = recommender.evaluate(pairs("1 b", "9 a"), "user", "item", 2);
        assertThat(report).isEqualTo(new RankingReport(1, 2, 1, 1, 1));
        RankingReport popular = recommender.evaluatePopular(pairs("1 b", "9 a"), "user", "item", 2);
        assertThat(popular.ndcg()).isCloseTo(Math.log(2) / Math.log(3), within(1e-12));
        RankingReport two = recommender.evaluate(pairs("4 a", "4 b", "1 a"), "user", "item", 1);
        assertThat(two.users()).isEqualTo(1);
        assertThat(two.recall()).isOne();
    }

    @Test
    void tastesBeatPopularity() {
        Table had = tastes(0, 300, 2);
        Table later = tastes(0, 300, 3);
        Recommender recommender = Recommender.fit(had, "user", "item", TEN);
        RankingReport ours = recommender.evaluate(later, "user", "item", 5);
        RankingReport popular = recommender.evaluatePopular(later, "user", "item", 5);
        assertThat(ours.ndcg()).isGreaterThan(1.2 * popular.ndcg());
    }

    @Test
    void aFileHoldsAllAndDamageIsTold(@TempDir Path folder) {
        Recommender recommender = Recommender.fit(tastes(0, 60, 4), "user", "item", TEN);
        Path file = folder.resolve("lists");
        recommender.save(file);
        Recommender again = Recommender.load(file);
        for (int user = 0; user < 60; user++) {
            assertThat(again.recommend("u" + user, 5)).isEqualTo(recommender.recommend("u" + user, 5));
        }
        assertThat(again.ridge()).isEqualTo(recommender.ridge());
        damaged(file, node -> node.put("had", new int[3]));
        damaged(file, node -> node.put("starts", new int[2]));
        damaged(file, node -> node.put("weights", new float[1]));
        damaged(file, node -> node.put("chosen", new int[] {0, 0}));
        damaged(file, node -> node.put("kind", "model"));
        damaged(file, node -> node.putTexts("users", List.of("u1")));
    }

    private static void damaged(Path file, java.util.function.Consumer<Node> change) {
        Node node = Bundle.read(file);
        change.accept(node);
        Path other = file.resolveSibling("other");
        Bundle.write(other, node);
        assertThatThrownBy(() -> Recommender.load(other)).isInstanceOf(BundleException.class);
    }

    @Test
    void oneItemAndAbsentColumnsAreRefused() {
        assertThatThrownBy(() -> Recommender.fit(pairs("1 a", "2 a"), "user", "item", TEN))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'item'");
        assertThatThrownBy(() -> Recommender.fit(pairs("1 a", "2 b"), "who", "item", TEN))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("who");
    }
}
