package org.autotuner.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java fence of a Markdown file.
 *
 * @param context declarations that the reader is spared, from a comment {@code <!-- java: ... -->} above the fence
 */
record Fence(String file, int line, String context, String code) {

    private static final Pattern CONTEXT = Pattern.compile("<!-- java:(.*)-->");

    static List<Fence> of(String file, List<String> lines) {
        List<Fence> fences = new ArrayList<>();
        String context = "";
        for (int i = 0; i < lines.size(); i++) {
            Matcher comment = CONTEXT.matcher(lines.get(i));
            if (comment.matches()) {
                context = comment.group(1);
            } else if (lines.get(i).strip().startsWith("```")) {
                int start = i;
                StringBuilder code = new StringBuilder();
                for (i++; !lines.get(i).strip().equals("```"); i++) {
                    code.append(lines.get(i)).append('\n');
                }
                if (lines.get(start).strip().equals("```java")) {
                    fences.add(new Fence(file, start + 1, context, code.toString()));
                }
                context = "";
            }
        }
        return fences;
    }

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
