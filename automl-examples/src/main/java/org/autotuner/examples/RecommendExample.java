package org.autotuner.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.AutoTuner;
import org.autotuner.budget.Budget;
import org.autotuner.data.Row;
import org.autotuner.data.Table;
import org.autotuner.model.AutoModel;
import org.autotuner.recommend.RankedItem;
import org.autotuner.recommend.RankingReport;
import org.autotuner.recommend.Recommender;
import org.autotuner.split.TrainTest;

/** Lists of films for users, and the ratings they would give, on made users with tastes. */
public final class RecommendExample {

    private static final int USERS = 400;
    private static final int GENRES = 6;
    private static final int FILMS_PER_GENRE = 40;
    private static final String[] NAMES = {"Comedy", "Drama", "Thriller", "Animation", "Western", "Musical"};

    private RecommendExample() {}

    /** Runs; the first argument is the number of seconds to search for a model of ratings, 20 by default. */
    public static void main(String[] arguments) throws IOException {
        long seconds = arguments.length > 0 ? Long.parseLong(arguments[0]) : 20;
        Table ratings = ratings();
        System.out.printf("%,d ratings of %,d users, for example:%n%s%n%n", ratings.rowCount(), USERS, ratings.head(3));

        // What will each user watch next? The last fifth of everybody's films is hidden.
        TrainTest parts = TrainTest.latestOfEach(ratings, "user", "day", 0.2);
        Recommender recommender = Recommender.fit(parts.train(), "user", "film", Budget.ofSeconds(10));
        RankingReport report = recommender.evaluate(parts.test(), "user", "film", 10);
        RankingReport popular = recommender.evaluatePopular(parts.test(), "user", "film", 10);
        System.out.printf(
                "Lists of ten: NDCG %.3f, recall %.3f (the most popular films: %.3f, %.3f)%n%n",
                report.ndcg(), report.recall(), popular.ndcg(), popular.recall());

        // How would they like it?
        AutoModel model = AutoTuner.builder()
                .target("rating")
                .user("user")
                .item("film")
                .budget(Budget.ofSeconds(seconds))
                .build()
                .fit(parts.train());
        System.out.println(model.evaluate(parts.test()).report());

        System.out.println("For user 17:");
        for (RankedItem one : recommender.recommend("17", 5)) {
            double stars = model.predict(Row.of("user", "17", "film", one.item(), "day", 365))
                    .value();
            System.out.printf("  %-14s %.1f stars expected%n", one.item(), stars);
        }
        System.out.println("For somebody new who liked Western 3 and Western 8:");
        for (RankedItem one : recommender.recommendFor(List.of("Western 3", "Western 8"), 5)) {
            System.out.printf("  %s%n", one.item());
        }

        Path file = Files.createTempFile("films", ".recommender");
        recommender.save(file);
        System.out.printf("%nSaved to a file of %,d bytes and loaded: %s%n", Files.size(file), Recommender.load(file));
        Files.delete(file);
    }

    /** Each user likes one genre much and another one somewhat; some films are better than others, and better known. */
    private static Table ratings() {
        SplittableRandom random = new SplittableRandom(7);
        List<String> users = new ArrayList<>();
        List<String> films = new ArrayList<>();
        List<Double> days = new ArrayList<>();
        List<Double> stars = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            int first = random.nextInt(GENRES);
            int second = random.nextInt(GENRES);
            double mood = 0.4 * random.nextGaussian();
            int watched = 20 + random.nextInt(40);
            for (int i = 0; i < watched; i++) {
                double draw = random.nextDouble();
                int genre = draw < 0.5 ? first : draw < 0.75 ? second : random.nextInt(GENRES);
                int film = (int) (FILMS_PER_GENRE * Math.pow(random.nextDouble(), 1.7));
                double quality = Math.sin(genre * FILMS_PER_GENRE + film * 12.9898) * 0.5;
                double taste = genre == first ? 0.9 : genre == second ? 0.4 : -0.6;
                double rating = 3.2 + mood + quality + taste + 0.5 * random.nextGaussian();
                users.add(Integer.toString(user));
                films.add(NAMES[genre] + " " + film);
                days.add(365.0 * (i + random.nextDouble()) / watched);
                stars.add((double) Math.max(1, Math.min(5, Math.round(rating))));
            }
        }
        return Table.builder()
                .categorical("user", users.toArray(String[]::new))
                .categorical("film", films.toArray(String[]::new))
                .numeric("day", days.stream().mapToDouble(Double::doubleValue).toArray())
                .numeric(
                        "rating",
                        stars.stream().mapToDouble(Double::doubleValue).toArray())
                .build();
    }
}
