package org.autotuner.train;

import ai.djl.util.ClassLoaderUtils;
import ai.djl.util.Utils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.autotuner.error.FamilyUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Whether PyTorch's native library is at hand, found out without loading it: DJL would download what is missing, and this
 * library never downloads. Looks where DJL looks: at the folders that {@code PYTORCH_LIBRARY_PATH} names (environment, then
 * system property), then at the jars of the thread's context class loader. A jar's library is unpacked at the first start
 * into {@code pytorch/VERSION-FLAVOR-PLATFORM} below {@code ENGINE_CACHE_DIR}, else {@code DJL_CACHE_DIR}, else {@code
 * .djl.ai} in the user's home (in the temporary folder where that cannot be written). Immutable and thread-safe.
 */
public final class TorchLibrary {

    private static final String NATIVE = "native/lib/pytorch.properties";
    private static final String BRIDGE = "jnilib/pytorch.properties";
    private static final String ENGINE = "pytorch-engine.properties";

    private final @Nullable String problem;
    private final @Nullable Path file;

    private TorchLibrary(@Nullable String problem, @Nullable Path file) {
        this.problem = problem;
        this.file = file;
    }

    /** What the calling thread's context class loader, environment and system properties say now. */
    public static TorchLibrary here() {
        return of(
                ClassLoaderUtils.getContextClassLoader(),
                name -> Utils.getEnvOrSystemProperty(name, ""),
                platform(System.getProperty("os.name"), System.getProperty("os.arch")),
                Utils.getEngineCacheDir("pytorch"));
    }

    static TorchLibrary of(ClassLoader loader, UnaryOperator<String> setting, String platform, Path cache) {
        Optional<Properties> engine = properties(loader, ENGINE).stream().findFirst();
        if (engine.isEmpty()) {
            return missing(
                    "DJL's PyTorch engine is not on the class path. Add ai.djl.pytorch:pytorch-engine (automl-models"
                            + " brings it) and ai.djl.pytorch:pytorch-native-cpu.");
        }
        String version = engine.get().getProperty("pytorch_version", "");
        String djl = engine.get().getProperty("djl_version", "");
        Optional<Properties> suitable = properties(loader, NATIVE).stream()
                .filter(each -> platform.equals(each.getProperty("classifier")) && !each.containsKey("placeholder"))
                .max((a, b) -> flavor(a).compareTo(flavor(b))); // DJL's choice: CUDA before CPU
        String asked = setting.apply("PYTORCH_VERSION");
        Optional<Path> own = ownLibrary(setting.apply("PYTORCH_LIBRARY_PATH"));
        if (own.isPresent()) {
            String known =
                    suitable.map(each -> each.getProperty("version", version)).orElse(version);
            Bridge bridge =
                    new Bridge(plain(asked.isEmpty() ? known : asked), djl, setting.apply("PYTORCH_FLAVOR"), platform);
            return bridge.problem(own.get(), loader, cache)
                    .map(TorchLibrary::missing)
                    .orElseGet(() -> new TorchLibrary(null, own.get()));
        }
        if (suitable.isEmpty()) {
            return missing(
                    "PyTorch's native library for %s is not on the class path. Add the dependency".formatted(platform)
                            + " ai.djl.pytorch:pytorch-native-cpu:%s:%s, or name the folder of a libtorch in PYTORCH_LIBRARY_PATH."
                                    .formatted(version, platform));
        }
        String found = suitable.get().getProperty("version", "");
        String plain = plain(found);
        if (!asked.isEmpty() && !found.startsWith(asked)) {
            return missing(
                    "PYTORCH_VERSION asks for %s, but the native library on the class path is %s. Unset it, or add"
                                    .formatted(asked, found)
                            + " that version.");
        }
        String bridge = plain + "-" + djl;
        if (!hasBridge(loader, bridge)) {
            return missing(
                    "ai.djl.pytorch:pytorch-jni:%s is not on the class path, which PyTorch's native library %s needs. Add it,"
                                    .formatted(bridge, plain)
                            + " or use the versions that automl-models declares.");
        }
        Path folder = cache.resolve(found + "-" + flavor(suitable.get()) + "-" + platform);
        return new TorchLibrary(null, folder.resolve(System.mapLibraryName("torch")));
    }

    /** What is missing and what to add, in one message; empty if the engine can start. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /**
     * Insists on it.
     *
     * @throws FamilyUnavailableException if there is a {@link #problem()}
     */
    public void require() {
        if (problem != null) {
            throw new FamilyUnavailableException(problem);
        }
    }

    /**
     * Whether the first start has unpacked the library already, or it is the user's own: then the engine starts within about
     * a second, otherwise it takes some seconds more and about 430 MB of disk. False if there is a {@link #problem()}.
     */
    public boolean isUnpacked() {
        return file != null && Files.exists(file);
    }

    /** The name that DJL gives a platform, such as {@code linux-x86_64}. */
    static String platform(String osName, String osArch) {
        String os = osName.startsWith("Win") ? "win" : osName.startsWith("Mac") ? "osx" : "linux";
        return os + "-" + (osArch.equals("amd64") ? "x86_64" : osArch);
    }

    private static TorchLibrary missing(String problem) {
        return new TorchLibrary(problem, null);
    }

    private static String flavor(Properties library) {
        return library.getProperty("flavor", "cpu");
    }

    /** A version without what follows it, such as a snapshot's date. */
    private static String plain(String version) {
        return version.replaceFirst("-.*", "");
    }

    /** Whether DJL's bridge of these versions is on the class path. */
    private static boolean hasBridge(ClassLoader loader, String versions) {
        return properties(loader, BRIDGE).stream()
                .anyMatch(each -> each.getProperty("jni_version", "").startsWith(versions));
    }

    /** What joins DJL to a library of one's own; DJL would download one that is missing. */
    private record Bridge(String version, String djl, String flavor, String platform) {

        Optional<String> problem(Path library, ClassLoader loader, Path cache) {
            String name = System.mapLibraryName("djl_torch");
            Path cached = cache.resolve(version + "-" + flavor + "-" + platform);
            String resource = "jnilib/" + platform + "/" + flavor + "/" + name;
            boolean isOnClassPath =
                    !flavor.isEmpty() && loader.getResource(resource) != null && hasBridge(loader, version + "-" + djl);
            if (isOnClassPath
                    || Files.exists(library.resolveSibling(djl + "-" + name))
                    || Files.exists(library.resolveSibling(name))
                    || (!flavor.isEmpty() && Files.exists(cached.resolve(djl + "-" + name)))) {
                return Optional.empty();
            }
            return Optional.of(
                    ("The library %s needs DJL's bridge to PyTorch %s of the flavor that PYTORCH_FLAVOR names ('%s'), and none"
                                    + " is there. Set PYTORCH_VERSION and PYTORCH_FLAVOR to a pair that ai.djl.pytorch:pytorch-jni:%s-%s"
                                    + " on the class path has (cpu, on Linux and Windows also cu128), or put a %s that was built"
                                    + " against this library beside it.")
                            .formatted(library, version, flavor, version, djl, name));
        }
    }

    private static Optional<Path> ownLibrary(String paths) {
        String name = System.mapLibraryName("torch");
        for (String path : paths.isEmpty() ? new String[0] : paths.split(java.io.File.pathSeparator)) {
            Path folder = Path.of(path);
            if (Files.isRegularFile(folder.resolve(name))) {
                return Optional.of(folder.resolve(name));
            }
            if (Files.isRegularFile(folder) && folder.endsWith(name)) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    private static List<Properties> properties(ClassLoader loader, String name) {
        List<Properties> all = new ArrayList<>();
        try {
            for (URL url : Collections.list(loader.getResources(name))) {
                Properties read = new Properties();
                try (InputStream in = url.openStream()) {
                    read.load(in);
                }
                all.add(read);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The resource '%s' of the class path cannot be read.".formatted(name), e);
        }
        return all;
    }
}
