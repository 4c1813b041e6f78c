package org.autotuner.optimize;

import java.util.ServiceLoader;
import java.util.TreeMap;
import org.autotuner.error.OptionException;

/** Optimizers by name: the built-in ones and those that other libraries register as services. */
public final class Optimizers {

    private Optimizers() {}

    /**
     * The optimizer of a name, such as {@code random} or {@code grid}.
     *
     * @throws OptionException if there is none; the message lists the known names
     */
    public static Optimizer byName(String name) {
        TreeMap<String, Optimizer> found = new TreeMap<>();
        for (Optimizer optimizer : ServiceLoader.load(Optimizer.class, Optimizers.class.getClassLoader())) {
            found.putIfAbsent(optimizer.name(), optimizer);
        }
        Optimizer optimizer = found.get(name);
        if (optimizer == null) {
            throw new OptionException("There is no optimizer '%s'. Use one of %s, or add the library that has it."
                    .formatted(name, found.keySet()));
        }
        return optimizer;
    }
}
