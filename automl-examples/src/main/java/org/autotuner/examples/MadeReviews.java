package org.autotuner.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.autotuner.data.Table;
import org.autotuner.data.TextColumn;

/**
 * Sentences of guests that praise or complain. Words of praise stand in both: what counts is what is denied and how a sentence
 * ends. {@code <same>} is a word of the sentence's own kind, {@code <other>} one of the other.
 */
final class MadeReviews {

    private static final String[] TEMPLATES = {
        "the <thing> was <same>",
        "<start> a <same> <thing> and a <same> <thing>",
        "the <thing> was not <other> <extent>",
        "nobody could call the <thing> <other>",
        "the <thing> was anything but <other>",
        "there was nothing <other> about the <thing>",
        "the <thing> was <other>, but <verdict> <same>",
        "although the <thing> was <other>, <verdict> <same>",
        "<start> a <other> <thing>, yet <verdict> <same>",
        "my friends call the <thing> <other>, and they are wrong",
        "I expected a <other> <thing> and got a <same> one",
        "the <thing> used to be <other>, now it is <same>",
        "the <thing> is <same>, whatever they say about a <other> <thing>",
    };

    private static final String[] GOOD = {
        "great",
        "excellent",
        "friendly",
        "lovely",
        "delicious",
        "perfect",
        "charming",
        "superb",
        "pleasant",
        "impressive",
        "good",
        "wonderful"
    };
    private static final String[] BAD = {
        "awful",
        "terrible",
        "rude",
        "horrible",
        "disgusting",
        "boring",
        "dreadful",
        "poor",
        "unpleasant",
        "disappointing",
        "bad",
        "dirty"
    };
    private static final String[] LATER_GOOD = {
        "fantastic", "brilliant", "tasty", "enjoyable", "outstanding", "delightful", "fine", "first-class"
    };
    private static final String[] LATER_BAD = {
        "mediocre", "lousy", "tasteless", "annoying", "miserable", "filthy", "dull", "second-rate"
    };

    private static final Map<String, String[]> SHARED = Map.of(
            "thing",
                    new String[] {
                        "food",
                        "service",
                        "room",
                        "breakfast",
                        "view",
                        "staff",
                        "waiter",
                        "music",
                        "pool",
                        "dessert",
                        "bed",
                        "coffee",
                        "garden",
                        "concert",
                        "tour"
                    },
            "start",
                    new String[] {
                        "we had", "they gave us", "we found", "it was", "you get", "there is", "last week we had"
                    },
            "extent", new String[] {"at all", "in any way", "for a moment", "", "this time", "by any means"},
            "verdict",
                    new String[] {
                        "in the end it all was",
                        "the rest was",
                        "our evening was",
                        "the whole stay was",
                        "I still found it",
                        "everything else was",
                        "the place itself is"
                    });

    private MadeReviews() {}

    /**
     * Columns {@code sentence} and {@code mood}.
     *
     * @param isLater whether half of the words of praise and complaint are ones that other tables never hold
     */
    static Table of(int rows, boolean isLater, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String[] good = isLater ? joined(GOOD, LATER_GOOD) : GOOD;
        String[] bad = isLater ? joined(BAD, LATER_BAD) : BAD;
        Phrases praise = phrases(good, bad);
        Phrases complaint = phrases(bad, good);
        List<String> texts = new ArrayList<>();
        String[] moods = new String[rows];
        for (int row = 0; row < rows; row++) {
            boolean isPraise = random.nextBoolean();
            moods[row] = isPraise ? "praise" : "complaint";
            texts.add((isPraise ? praise : complaint)
                    .fill(Phrases.pick(TEMPLATES, random), random)
                    .strip());
        }
        return Table.builder()
                .column("sentence", TextColumn.of(texts))
                .categorical("mood", moods)
                .build();
    }

    private static Phrases phrases(String[] same, String[] other) {
        Map<String, String[]> all = new java.util.HashMap<>(SHARED);
        all.put("same", same);
        all.put("other", other);
        return new Phrases(all);
    }

    private static String[] joined(String[] some, String[] others) {
        return Stream.of(some, others).flatMap(Stream::of).toArray(String[]::new);
    }
}
