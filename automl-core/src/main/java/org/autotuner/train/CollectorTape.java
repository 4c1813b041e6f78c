package org.autotuner.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/** DJL's own way to record. The engine is the lock: a second collector in the JVM would throw. */
final class CollectorTape implements GradientTape {

    private final Engine engine;

    CollectorTape(Engine engine) {
        this.engine = engine;
    }

    /** The tape that is registered for an engine, else this one. */
    static GradientTape of(Engine engine) {
        for (GradientTape tape : ServiceLoader.load(GradientTape.class, GradientTape.class.getClassLoader())) {
            if (tape.engine().equals(engine.getEngineName())) {
                return tape;
            }
        }
        return new CollectorTape(engine);
    }

    @Override
    public String engine() {
        return engine.getEngineName();
    }

    @Override
    public NDArray differentiate(Supplier<NDArray> computation) {
        synchronized (engine) {
            try (GradientCollector collector = collector()) {
                NDArray scalar = computation.get();
                collector.backward(scalar);
                return scalar;
            }
        }
    }

    private GradientCollector collector() {
        try {
            return engine.newGradientCollector();
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "Other code of this process records gradients with DJL at this moment, and only one may. Train when it"
                            + " is done, or add automl-models, whose recording needs no turn.",
                    e);
        }
    }

    @Override
    public <T> T compute(Supplier<T> computation) {
        return computation.get();
    }
}
