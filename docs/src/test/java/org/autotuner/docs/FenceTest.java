package org.autotuner.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README and the guide show must compile, and the README must keep its promises about itself. */
class FenceTest {

    private static final Path DOCS = Path.of("").toAbsolutePath();

    private static final Path README = DOCS.resolveSibling("README.md");

    private static final String IMPORTS =
            """
            import ai.djl.nn.Activation;
            import ai.djl.nn.Block;
            import ai.djl.nn.SequentialBlock;
            import ai.djl.nn.core.Linear;
            import java.nio.charset.StandardCharsets;
            import java.nio.file.*;
            import java.time.*;
            import java.util.*;
            import org.autotuner.*;
            import org.autotuner.budget.*;
            import org.autotuner.data.*;
            import org.autotuner.data.io.*;
            import org.autotuner.evaluate.*;
            import org.autotuner.explain.*;
            import org.autotuner.insight.*;
            import org.autotuner.listen.*;
            import org.autotuner.metric.*;
            import org.autotuner.model.*;
            import org.autotuner.models.image.*;
            import org.autotuner.models.tree.*;
            import org.autotuner.optimize.*;
            import org.autotuner.predict.*;
            import org.autotuner.recommend.*;
            import org.autotuner.profile.*;
            import org.autotuner.prune.*;
            import org.autotuner.prepare.Feature;
            import org.autotuner.score.AdditiveAxis;
            import org.autotuner.score.AdditiveScorer;
            import org.autotuner.score.AdditiveTerm;
            import org.autotuner.score.Compression;
            import org.autotuner.space.*;
            import org.autotuner.split.*;
            import org.autotuner.storage.*;
            import org.autotuner.study.*;
            import org.autotuner.task.*;
            import org.autotuner.train.BlockLearner;
            import org.autotuner.train.DeviceChoice;
            import org.autotuner.train.EpochListener;
            import org.autotuner.train.Loss;
            import org.autotuner.train.NetworkData;
            import org.autotuner.train.RowArray;
            import org.autotuner.train.Schedule;
            import org.autotuner.train.SeededDropout;
            import org.autotuner.train.TorchLibrary;
            import org.autotuner.train.TrainedNetwork;
            import org.autotuner.train.TrainingLoop;
            import org.autotuner.train.TrainingResult;
            import org.autotuner.train.TrainingSettings;
            import org.autotuner.train.UpdateRule;
            import org.junit.jupiter.api.Tag;
            import org.junit.jupiter.api.Test;
            """;

    @TempDir
    Path classes;

    static Stream<Fence> fences() throws IOException {
        List<Path> files = new ArrayList<>(List.of(README));
        try (Stream<Path> documents = Files.walk(DOCS)) {
            documents
                    .filter(file ->
                            file.toString().endsWith(".md") && !file.toString().contains("target"))
                    .forEach(files::add);
        }
        List<Fence> fences = new ArrayList<>();
        for (Path file : files) {
            fences.addAll(Fence.of(DOCS.getParent().relativize(file).toString(), Files.readAllLines(file)));
        }
        return fences.stream();
    }

    @ParameterizedTest
    @MethodSource("fences")
    void compiles(Fence fence) {
        assertThat(errors(fence)).as("%s does not compile", fence).isEmpty();
    }

    @Test
    void wrongCodeIsNoticed() {
        assertThat(errors(new Fence("made.md", 1, "", "Table table = AutoTuner.fit(42);")))
                .contains("AutoTuner");
    }

    @Test
    void theReadmeIsShortAndHasOneCommandToStartAndOneToTest() throws IOException {
        String readme = Files.readString(README);
        assertThat(readme.split("\\s+")).hasSizeLessThan(600);
        assertThat(command(readme, "## Quick start")).isEqualTo("./automl-examples/quickstart");
        assertThat(command(readme, "## Tests")).startsWith("mvn ");
    }

    /** The only fenced command of a section. */
    private static String command(String readme, String heading) {
        int start = readme.indexOf("\n" + heading + "\n");
        assertThat(start).as(heading).isPositive();
        int end = readme.indexOf("\n## ", start + 1);
        String section = readme.substring(start, end < 0 ? readme.length() : end);
        String[] parts = section.split("```");
        assertThat(parts).as("one fence under " + heading).hasSize(3);
        String[] lines = parts[1].strip().split("\n");
        assertThat(lines).as("one command under " + heading).hasSize(2);
        return lines[1];
    }

    private String errors(Fence fence) {
        String source = IMPORTS + "final class Shown { void run() throws Exception {\n" + fence.context() + "\n"
                + fence.code() + "\n} }";
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        boolean isGood = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of("-d", classes.toString(), "-proc:none", "--release", "17"),
                        null,
                        List.of(new Source(source)))
                .call();
        return isGood ? "" : messages + "\n" + source;
    }

    /** Source code in memory. */
    private static final class Source extends SimpleJavaFileObject {

        private final String code;

        Source(String code) {
            super(URI.create("string:///Shown.java"), JavaFileObject.Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
