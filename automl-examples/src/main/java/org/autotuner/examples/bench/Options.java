package org.autotuner.examples.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Options {@code --name value} of a command, and what stands between them. */
final class Options {

    /** The user's mistake; its message is all that needs saying. */
    static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }

    private final Map<String, String> values = new HashMap<>();
    private final List<String> plain = new ArrayList<>();

    /** Reads arguments; a name that is not allowed is refused. */
    Options(List<String> arguments, Set<String> allowed) {
        this(arguments, allowed, Set.of());
    }

    /** Reads arguments, of which some are flags without a value. */
    Options(List<String> arguments, Set<String> allowed, Set<String> flags) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                plain.add(argument);
                continue;
            }
            String name = argument.substring(2);
            if (flags.contains(name)) {
                values.put(name, "");
                continue;
            }
            if (!allowed.contains(name)) {
                throw new UsageException("Unknown option --%s. Known: %s."
                        .formatted(
                                name,
                                Stream.concat(allowed.stream(), flags.stream())
                                        .sorted()
                                        .toList()));
            }
            if (i + 1 == arguments.size()) {
                throw new UsageException("Option --%s needs a value.".formatted(name));
            }
            values.put(name, arguments.get(++i));
        }
    }

    List<String> plain() {
        return List.copyOf(plain);
    }

    boolean flag(String name) {
        return values.containsKey(name);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String required(String name) {
        return text(name).orElseThrow(() -> new UsageException("Option --%s is missing.".formatted(name)));
    }

    Optional<Path> path(String name) {
        return text(name).map(Path::of);
    }

    double number(String name, double otherwise) {
        try {
            return text(name).map(Double::parseDouble).orElse(otherwise);
        } catch (NumberFormatException e) {
            throw new UsageException("Option --%s needs a number, but is '%s'.".formatted(name, required(name)));
        }
    }

    int whole(String name, int otherwise) {
        double value = number(name, otherwise);
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw new UsageException("Option --%s needs a whole number, but is '%s'.".formatted(name, required(name)));
        }
        return (int) value;
    }

    List<String> list(String name) {
        return text(name).map(value -> List.of(value.split(","))).orElse(List.of());
    }
}
