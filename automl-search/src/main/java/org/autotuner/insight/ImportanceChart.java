package org.autotuner.insight;

import java.util.ArrayList;
import java.util.List;

/** Bars of what the parameters and the strongest pairs explain. */
final class ImportanceChart {

    private static final int MOST_BARS = 12;
    private static final int MOST_PAIRS = 5;
    private static final double LEAST_PAIR = 0.01;

    private ImportanceChart() {}

    static String of(List<Importance> parameters, List<Importance> interactions) {
        List<Importance> pairs = interactions.stream()
                .filter(pair -> pair.share() >= LEAST_PAIR)
                .limit(MOST_PAIRS)
                .toList();
        List<Importance> singles = parameters.stream().limit(MOST_BARS).toList();
        double longest = 1e-9;
        double shown = 0;
        List<Importance> all = new ArrayList<>(singles);
        all.addAll(pairs);
        for (Importance one : all) {
            longest = Math.max(longest, one.share());
            shown += one.share();
        }
        StringBuilder out = new StringBuilder("<div class=\"bars\">");
        singles.forEach(one -> bar(out, one, one.label(), "bar"));
        pairs.forEach(one -> bar(out, one, one.label(), "bar pair"));
        String html = out.append("</div>").toString().replace("@longest", Svg.number(100 * longest));
        return html + "<p class=\"note\">Shares of the variance of the value over the whole search space"
                + " (functional ANOVA over a random forest), \u00b1 one standard deviation over its trees; \u00d7 marks what"
                + " two parameters explain only together. Further interactions: "
                + Markup.escape(Numbers.percent(Math.max(0, 1 - shown))) + ".</p>";
    }

    private static void bar(StringBuilder out, Importance one, String label, String css) {
        out.append("<div class=\"name\" title=\"%s\">%s</div>"
                .formatted(Markup.escape(label), Markup.escape(Markup.cut(label, 44))));
        out.append("<div class=\"track\"><div class=\"%s\" style=\"width:calc(100%% * %s / @longest)\"></div></div>"
                .formatted(css, Svg.number(100 * one.share())));
        out.append("<div class=\"amount\">%s <span>\u00b1 %s</span></div>"
                .formatted(
                        Markup.escape(Numbers.percent(one.share())), Markup.escape(Numbers.percent(one.deviation()))));
    }
}
