package org.autotuner.models.boost;

import com.microsoft.ml.lightgbm.lightgbmlib;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Loads LightGBM once per process, from our own folder: the loader of the jar would rewrite one file that all
 * processes of the machine share, which ends those that have it mapped.
 */
final class LightGbmNative {

    private LightGbmNative() {}

    /** Why LightGBM cannot be used here and what to add; empty if it is loaded. */
    static Optional<String> problem() {
        return Optional.ofNullable(Loaded.PROBLEM);
    }

    /** Loads on first use; holds only the outcome. */
    private static final class Loaded {

        private static final @Nullable String PROBLEM = load();

        private Loaded() {}

        private static @Nullable String load() {
            try {
                for (String library : libraries()) {
                    System.load(NativeFolder.unpack(lightgbmlib.class, library).toString());
                }
                lightgbmlib.LGBM_GetLastError();
                return null;
            } catch (IOException e) {
                return "LightGBM could not be unpacked: " + e.getMessage();
            } catch (UnsatisfiedLinkError e) {
                return NativeAdvice.forMissingLibrary("LightGBM", String.valueOf(e.getMessage()));
            } catch (LinkageError e) {
                return "LightGBM is not complete on the class path: add io.github.metarank:lightgbm4j (" + e + ")";
            }
        }

        private static String[] libraries() {
            String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
            String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
            String processor = machine.equals("aarch64") || machine.equals("arm64") ? "aarch64" : "x86_64";
            if (system.startsWith("windows")) {
                return named("windows/x86_64", "dll");
            }
            return system.startsWith("mac") ? named("osx/" + processor, "dylib") : named("linux/" + processor, "so");
        }

        private static String[] named(String folder, String suffix) {
            return new String[] {
                "lightgbm4j/" + folder + "/lib_lightgbm." + suffix,
                "lightgbm4j/" + folder + "/lib_lightgbm_swig." + suffix
            };
        }
    }
}
