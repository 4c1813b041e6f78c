package org.autotuner.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchLibraryTest {

    private static final String LINUX = "linux-x86_64";

    @TempDir
    private Path folder;

    @Test
    void theBuildsOwnClassPathHasAll() {
        assertThat(TorchLibrary.here().problem()).isEmpty();
        Devices.engine().newBaseManager().close();
        assertThat(TorchLibrary.here().isUnpacked()).isTrue();
    }

    @Test
    void aMissingEngineIsToldWithItsDependency() throws IOException {
        assertThat(library(Map.of()).problem().orElseThrow()).contains("ai.djl.pytorch:pytorch-engine");
    }

    @Test
    void aMissingNativeIsToldWithTheDependencyOfThePlatform() throws IOException {
        engine();
        assertThat(library(Map.of()).problem().orElseThrow())
                .contains("ai.djl.pytorch:pytorch-native-cpu:2.7.1:linux-x86_64")
                .contains("PYTORCH_LIBRARY_PATH");
        assertThat(library(Map.of()).isUnpacked()).isFalse();
    }

    @Test
    void theNativeOfAnotherPlatformDoesNotCount() throws IOException {
        engine();
        bridge("2.7.1-0.36.0");
        nativeOf("osx-aarch64", "cpu", "2.7.1");
        assertThat(library(Map.of()).problem()).isPresent();
    }

    @Test
    void aPlaceholderDoesNotCountAsDjlWouldDownloadForIt() throws IOException {
        engine();
        bridge("2.7.1-0.36.0");
        write("native/lib/pytorch.properties", "version=2.7.1\nclassifier=linux-x86_64\nplaceholder=true\n");
        assertThat(library(Map.of()).problem()).isPresent();
    }

    @Test
    void aMissingOrMismatchingBridgeIsTold() throws IOException {
        engine();
        nativeOf(LINUX, "cpu", "2.7.1-20250812");
        assertThat(library(Map.of()).problem().orElseThrow()).contains("pytorch-jni:2.7.1-0.36.0");
        bridge("2.5.1-0.32.0");
        assertThat(library(Map.of()).problem().orElseThrow()).contains("pytorch-jni:2.7.1-0.36.0");
    }

    @Test
    void aCompleteClassPathIsFineAndTheCacheTellsWhetherItIsUnpacked() throws IOException {
        engine();
        bridge("2.7.1-0.36.0");
        nativeOf(LINUX, "cpu", "2.7.1-20250812");
        assertThat(library(Map.of()).problem()).isEmpty();
        assertThat(library(Map.of()).isUnpacked()).isFalse();

        Path unpacked = folder.resolve("cache").resolve("2.7.1-20250812-cpu-linux-x86_64");
        Files.createDirectories(unpacked);
        Files.createFile(unpacked.resolve(System.mapLibraryName("torch")));
        assertThat(library(Map.of()).isUnpacked()).isTrue();
    }

    @Test
    void anotherVersionAskedForIsTold() throws IOException {
        engine();
        bridge("2.7.1-0.36.0");
        nativeOf(LINUX, "cpu", "2.7.1");
        assertThat(library(Map.of("PYTORCH_VERSION", "2.7")).problem()).isEmpty();
        assertThat(library(Map.of("PYTORCH_VERSION", "2.5.1")).problem().orElseThrow())
                .contains("PYTORCH_VERSION asks for 2.5.1, but the native library on the class path is 2.7.1");
    }

    @Test
    void aLibraryOfOnesOwnIsFoundInItsFolders() throws IOException {
        engine();
        Path own = Files.createDirectories(folder.resolve("libtorch"));
        String missing = folder.resolve("nowhere") + java.io.File.pathSeparator + own;
        assertThat(library(Map.of("PYTORCH_LIBRARY_PATH", missing)).problem()).isPresent();
        Files.createFile(own.resolve(System.mapLibraryName("torch")));
        Files.createFile(own.resolve(System.mapLibraryName("djl_torch")));
        assertThat(library(Map.of("PYTORCH_LIBRARY_PATH", missing)).problem()).isEmpty();
        assertThat(library(Map.of("PYTORCH_LIBRARY_PATH", missing)).isUnpacked())
                .isTrue();
    }

    @Test
    void aLibraryOfOnesOwnNeedsItsBridgeAsDjlWouldDownloadIt() throws IOException {
        engine();
        Path own = Files.createDirectories(folder.resolve("libtorch"));
        Files.createFile(own.resolve(System.mapLibraryName("torch")));
        Map<String, String> alone = Map.of("PYTORCH_LIBRARY_PATH", own.toString());
        assertThat(library(alone).problem().orElseThrow())
                .contains("PYTORCH_FLAVOR")
                .contains("pytorch-jni:2.7.1-0.36.0");
        bridge("2.7.1-0.36.0");
        write("jnilib/linux-x86_64/cu128/" + System.mapLibraryName("djl_torch"), "");
        assertThat(library(alone).problem()).isPresent();
        assertThat(library(with(alone, "PYTORCH_FLAVOR", "cu124")).problem()).isPresent();
        Map<String, String> flavored = with(alone, "PYTORCH_FLAVOR", "cu128");
        assertThat(library(flavored).problem()).isEmpty();

        Map<String, String> newer = with(flavored, "PYTORCH_VERSION", "2.11.0");
        assertThat(library(newer).problem().orElseThrow()).contains("pytorch-jni:2.11.0-0.36.0");
        Path built = Files.createDirectories(folder.resolve("cache").resolve("2.11.0-cu128-linux-x86_64"));
        Files.createFile(built.resolve("0.36.0-" + System.mapLibraryName("djl_torch")));
        assertThat(library(newer).problem()).isEmpty();
    }

    private static Map<String, String> with(Map<String, String> settings, String name, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(name, value);
        return more;
    }

    @Test
    void platformsHaveDjlsNames() {
        assertThat(TorchLibrary.platform("Linux", "amd64")).isEqualTo("linux-x86_64");
        assertThat(TorchLibrary.platform("Linux", "aarch64")).isEqualTo("linux-aarch64");
        assertThat(TorchLibrary.platform("Mac OS X", "aarch64")).isEqualTo("osx-aarch64");
        assertThat(TorchLibrary.platform("Windows 11", "amd64")).isEqualTo("win-x86_64");
    }

    private TorchLibrary library(Map<String, String> settings) throws IOException {
        URL[] classPath = {folder.resolve("classes").toUri().toURL()};
        Files.createDirectories(folder.resolve("classes"));
        classPath[0] = folder.resolve("classes").toUri().toURL();
        try (URLClassLoader loader = new URLClassLoader(classPath, null)) {
            return TorchLibrary.of(loader, name -> settings.getOrDefault(name, ""), LINUX, folder.resolve("cache"));
        }
    }

    private void engine() throws IOException {
        write("pytorch-engine.properties", "djl_version=0.36.0\npytorch_version=2.7.1\n");
    }

    private void bridge(String version) throws IOException {
        write("jnilib/pytorch.properties", "jni_version=" + version);
    }

    private void nativeOf(String platform, String flavor, String version) throws IOException {
        write(
                "native/lib/pytorch.properties",
                "version=%s\nflavor=%s\nclassifier=%s\nlibraries=libtorch.so\n".formatted(version, flavor, platform));
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve("classes").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
