package org.autotuner.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.autotuner.bundle.Node;

/**
 * Where a model comes from.
 *
 * @param libraryVersion that trained it
 * @param dataFingerprint of the training table
 * @param seed of the run
 * @param configurations canonical JSON by name of the member
 * @param environment Java version, platform, versions of native libraries and the like
 */
public record Provenance(
        String libraryVersion,
        String dataFingerprint,
        long seed,
        Map<String, String> configurations,
        Map<String, String> environment) {

    public Provenance {
        configurations = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(configurations));
        environment = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /** Nothing known. */
    public static Provenance unknown() {
        return new Provenance("", "", 0, Map.of(), Map.of());
    }

    void write(Node node) {
        node.put("library_version", libraryVersion)
                .put("data_fingerprint", dataFingerprint)
                .put("seed", seed);
        configurations.forEach(node.child("configurations")::put);
        environment.forEach(node.child("environment")::put);
    }

    static Provenance read(Node node) {
        return new Provenance(
                node.text("library_version"),
                node.text("data_fingerprint"),
                node.number("seed"),
                map(node.node("configurations")),
                map(node.node("environment")));
    }

    private static Map<String, String> map(Node node) {
        Map<String, String> map = new LinkedHashMap<>();
        node.names().forEach(name -> map.put(name, node.text(name)));
        return map;
    }
}
