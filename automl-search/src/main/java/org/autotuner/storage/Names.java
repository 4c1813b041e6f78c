package org.autotuner.storage;

import java.util.regex.Pattern;

/** Checks what storages are given. */
final class Names {

    private static final Pattern ARTIFACT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+)*");
    private static final int LONGEST = 120;

    private Names() {}

    /** Refuses names that are no plain file names everywhere. */
    static String artifact(String name) {
        if (name.length() > LONGEST || !ARTIFACT.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    ("'%s' cannot name an artifact: use 1 to %d letters, digits, hyphens and underscores, with single"
                                    + " points between them.")
                            .formatted(name, LONGEST));
        }
        return name;
    }

    /** Refuses texts that would be no single line. */
    static String line(String json) {
        if (json.isEmpty() || json.indexOf('\n') >= 0 || json.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("A journal's entry is one line that is not empty, but was: " + json);
        }
        return json;
    }
}
