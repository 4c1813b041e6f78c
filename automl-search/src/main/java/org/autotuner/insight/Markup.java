package org.autotuner.insight;

/** Text that is safe within HTML and its attributes. */
final class Markup {

    private Markup() {}

    /** Escapes what means something in HTML, and replaces control characters, which HTML cannot hold. */
    static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                case '`' -> safe.append("&#96;");
                case '=' -> safe.append("&#61;");
                case '\n', '\r', '\t' -> safe.append(' ');
                default -> safe.appendCodePoint(isText(point) ? point : 0xFFFD);
            }
        });
        return safe.toString();
    }

    /** Cuts a long text, with a sign that it is cut. */
    static String cut(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "\u2026";
    }

    /** Neither control characters, halves of pairs nor marks that turn the direction of the text. */
    private static boolean isText(int point) {
        return !Character.isISOControl(point)
                && !(point >= 0xD800 && point <= 0xDFFF)
                && Character.getType(point) != Character.FORMAT
                && (point & 0xFFFE) != 0xFFFE;
    }
}
