package org.autotuner.prune;

import java.util.ServiceLoader;
import java.util.TreeMap;
import org.autotuner.error.OptionException;

/** Pruners by name: the built-in ones and those that other libraries register as services. */
public final class Pruners {

    private Pruners() {}

    /**
     * The pruner of a name, such as {@code median} or {@code none}, with its default settings.
     *
     * @throws OptionException if there is none; the message lists the known names
     */
    public static Pruner byName(String name) {
        TreeMap<String, Pruner> found = new TreeMap<>();
        for (Pruner pruner : ServiceLoader.load(Pruner.class, Pruners.class.getClassLoader())) {
            found.putIfAbsent(pruner.name(), pruner);
        }
        Pruner pruner = found.get(name);
        if (pruner == null) {
            throw new OptionException("There is no pruner '%s'. Use one of %s, or add the library that has it."
                    .formatted(name, found.keySet()));
        }
        return pruner;
    }
}
