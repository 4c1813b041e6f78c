package org.autotuner.insight;

import java.util.Locale;

/** Writes one inline picture. Classes are styled by the page, so that it follows light and dark. */
final class Svg {

    private final StringBuilder out = new StringBuilder();

    Svg(double width, double height, String description) {
        out.append("<svg viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">"
                .formatted(number(width), number(height), Markup.escape(description)));
    }

    /** A coordinate with at most two decimals. */
    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }

    Svg line(String css, double x1, double y1, double x2, double y2) {
        out.append("<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
                .formatted(css, number(x1), number(y1), number(x2), number(y2)));
        return this;
    }

    Svg circle(String css, double x, double y, double radius, String hint) {
        out.append("<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\">%s</circle>"
                .formatted(css, number(x), number(y), number(radius), title(hint)));
        return this;
    }

    Svg rect(String css, double x, double y, double width, double height, String hint) {
        out.append("<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\">%s</rect>"
                .formatted(css, number(x), number(y), number(width), number(height), title(hint)));
        return this;
    }

    /** A path; {@code data} is made of numbers and letters by the caller. */
    Svg path(String css, String data, String hint) {
        out.append("<path class=\"%s\" d=\"%s\">%s</path>".formatted(css, data, title(hint)));
        return this;
    }

    /** A text; {@code css} holds its anchor too. */
    Svg text(String css, double x, double y, String text) {
        out.append("<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>"
                .formatted(css, number(x), number(y), Markup.escape(text)));
        return this;
    }

    /** A text that goes up along an axis. */
    Svg upward(String css, double x, double y, String text) {
        out.append("<text class=\"%s\" transform=\"translate(%s %s) rotate(-90)\">%s</text>"
                .formatted(css, number(x), number(y), Markup.escape(text)));
        return this;
    }

    String end() {
        return out.append("</svg>").toString();
    }

    private static String title(String hint) {
        return hint.isEmpty() ? "" : "<title>" + Markup.escape(hint) + "</title>";
    }
}
