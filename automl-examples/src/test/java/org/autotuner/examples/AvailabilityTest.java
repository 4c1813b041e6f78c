package org.autotuner.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.autotuner.model.ModelFamily;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Families that are there although a native could be missing; where CI runs, all of them must be usable. */
class AvailabilityTest {

    @Test
    void theFamiliesAreFoundAsServices() {
        assertThat(reasons().keySet()).contains("prior", "linear", "lightgbm", "xgboost");
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "CI", matches = "true")
    void whereCiRunsEveryFamilyIsAvailable() {
        assertThat(reasons())
                .allSatisfy((family, reason) -> assertThat(reason).as(family).isEmpty());
    }

    /** Why each family is unavailable; empty if it is available. */
    private static Map<String, String> reasons() {
        Map<String, String> reasons = new TreeMap<>();
        for (ModelFamily family : ServiceLoader.load(ModelFamily.class)) {
            reasons.put(family.id(), family.unavailable().orElse(""));
        }
        return reasons;
    }
}
