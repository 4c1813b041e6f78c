package org.autotuner.examples;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes sentences of templates: {@code <name>} stands for one of the phrases of that name, which may hold others. */
final class Phrases {

    private static final Pattern PLACE = Pattern.compile("<(\\w+)>");

    private final Map<String, String[]> choices;

    Phrases(Map<String, String[]> choices) {
        this.choices = choices;
    }

    /** A sentence of a template with all places filled. */
    String fill(String template, SplittableRandom random) {
        String text = template;
        Matcher place = PLACE.matcher(text);
        while (place.find()) {
            String[] phrases = choices.get(place.group(1));
            if (phrases == null) {
                throw new IllegalArgumentException("No phrases are named '%s'.".formatted(place.group(1)));
            }
            text = text.substring(0, place.start()) + pick(phrases, random) + text.substring(place.end());
            place = PLACE.matcher(text);
        }
        return text;
    }

    static String pick(String[] phrases, SplittableRandom random) {
        return phrases[random.nextInt(phrases.length)];
    }
}
