package org.autotuner.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds tiny projects with Maven as a user would, against the jars of this build. They get a local repository of their
 * own, made of links to the one of this build, so that nothing is installed anywhere. Runs within {@code verify}, where
 * the other modules' jars exist; what Maven tells through Surefire is in the pom.
 */
@Tag("slow")
class OneDependencyTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final String VERSION = System.getProperty("it.version", "");

    @TempDir
    Path folder;

    private Path repository;

    @BeforeEach
    void linkTheRepository() throws IOException {
        assumeTrue(!VERSION.isEmpty(), "run by Maven");
        assumeTrue(Files.exists(jar("automl-search")), "the jars are built: run by mvn verify");
        repository = Files.createDirectory(folder.resolve("repository"));
        Path known = Path.of(System.getProperty("it.repository"));
        Path ours = Files.createDirectories(repository.resolve("org/autotuner"));
        link(known, repository, "org");
        if (Files.isDirectory(known.resolve("org"))) {
            link(known.resolve("org"), repository.resolve("org"), "autotuner");
        }
        install(ours, "automl-parent", ROOT.resolve("pom.xml"), null);
        for (String module : List.of("automl-core", "automl-models", "automl-search")) {
            install(ours, module, ROOT.resolve(module).resolve("pom.xml"), jar(module));
        }
    }

    @Test
    void oneDependencyIsEnoughToFitSaveLoadAndPredict() throws IOException, InterruptedException {
        Path project = project(
                "",
                """
                import java.nio.file.Path;
                import java.time.LocalDate;
                import org.autotuner.AutoTuner;
                import org.autotuner.budget.Budget;
                import org.autotuner.data.Row;
                import org.autotuner.data.Table;
                import org.autotuner.model.AutoModel;
                import org.autotuner.predict.Prediction;
                import org.autotuner.predict.Predictions;

                public class App {
                    public static void main(String[] arguments) {
                        Table customers = Table.read(Path.of("customers.csv"));
                        AutoModel model = AutoTuner.fit(customers, "churned", Budget.ofSeconds(5));

                        System.out.println(model.leaderboard());
                        Prediction one = model.predict(Row.of("age", 42, "plan", "gold", "joined", LocalDate.of(2021, 3, 1)));
                        String label = one.label();
                        double sure = one.probability("yes");

                        model.save(Path.of("churn.automl"));
                        AutoModel again = AutoModel.load(Path.of("churn.automl"));      // data only: cannot run code
                        Predictions all = again.predict(Table.read(Path.of("new.csv")));
                        System.out.println("predicted " + label + " " + sure + " and " + all.size() + " rows");
                    }
                }
                """);
        Files.writeString(project.resolve("customers.csv"), customers(400, true));
        Files.writeString(project.resolve("new.csv"), customers(25, false));

        assertThat(buildAndRun(project)).contains("and 25 rows");
        assertThat(project.resolve("churn.automl")).isNotEmptyFile();
    }

    @Test
    void minimizeNeedsNoFamilies() throws IOException, InterruptedException {
        Path project = project(
                "<exclusions><exclusion><groupId>org.autotuner</groupId><artifactId>automl-models</artifactId>"
                        + "</exclusion></exclusions>",
                """
                import org.autotuner.AutoTuner;
                import org.autotuner.budget.Budget;
                import org.autotuner.space.Parameter;
                import org.autotuner.space.RealParameter;
                import org.autotuner.space.SearchSpace;

                public class App {
                    public static void main(String[] arguments) {
                        RealParameter x = Parameter.reals("x", -2, 2);
                        System.out.println("best " + AutoTuner.minimize(
                                SearchSpace.of(x), trial -> trial.get(x) * trial.get(x), Budget.ofTrials(30)));
                    }
                }
                """);

        assertThat(buildAndRun(project)).contains("best ");
        assertThat(Files.readString(project.resolve("classpath")))
                .doesNotContain("automl-models", "lightgbm", "xgboost");
    }

    private Path project(String exclusions, String program) throws IOException {
        Path project = Files.createDirectories(folder.resolve("project"));
        Files.writeString(
                project.resolve("pom.xml"),
                """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>com.example</groupId>
                  <artifactId>app</artifactId>
                  <version>1</version>
                  <properties>
                    <maven.compiler.release>17</maven.compiler.release>
                    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                  </properties>
                  <dependencies>
                    <dependency>
                      <groupId>org.autotuner</groupId>
                      <artifactId>automl-search</artifactId>
                      <version>%s</version>
                      %s
                    </dependency>
                  </dependencies>
                  <build><plugins>
                    <plugin><artifactId>maven-resources-plugin</artifactId><version>3.3.1</version></plugin>
                    <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.0</version></plugin>
                    <plugin><artifactId>maven-dependency-plugin</artifactId><version>3.8.1</version></plugin>
                  </plugins></build>
                </project>
                """
                        .formatted(VERSION, exclusions));
        Path sources = Files.createDirectories(project.resolve("src/main/java"));
        Files.writeString(sources.resolve("App.java"), program);
        return project;
    }

    /** What the program printed. */
    private String buildAndRun(Path project) throws IOException, InterruptedException {
        List<String> maven = new ArrayList<>(List.of(
                Path.of(System.getProperty("it.maven"), "bin", "mvn").toString(),
                "-B",
                "-ntp",
                "-q",
                "-Dmaven.repo.local=" + repository,
                "compile",
                "dependency:build-classpath",
                "-Dmdep.outputFile=classpath",
                "-Dmdep.includeScope=runtime"));
        if (System.getProperty("it.mode", "").equals("offline true")) {
            maven.add("-o");
        }
        run(project, maven);
        String classPath = project.resolve("target/classes")
                + System.getProperty("path.separator")
                + Files.readString(project.resolve("classpath")).strip();
        return run(
                project,
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath, "App"));
    }

    private static String run(Path project, List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true);
        builder.environment().remove("MAVEN_OPTS");
        Path log = project.resolve("log.txt");
        Process process = builder.redirectOutput(log.toFile()).start();
        int status = process.waitFor();
        String output = Files.readString(log);
        assertThat(status).as("%s%n%s", command, output).isZero();
        return output;
    }

    private static Path jar(String module) {
        return ROOT.resolve(module).resolve("target").resolve(module + "-" + VERSION + ".jar");
    }

    private static void link(Path from, Path to, String except) throws IOException {
        try (Stream<Path> children = Files.list(from)) {
            for (Path child : children.toList()) {
                if (!child.getFileName().toString().equals(except)) {
                    Files.createSymbolicLink(to.resolve(child.getFileName()), child);
                }
            }
        }
    }

    private static void install(Path group, String artifact, Path pom, Path jar) throws IOException {
        Path target = Files.createDirectories(group.resolve(artifact).resolve(VERSION));
        Files.copy(pom, target.resolve(artifact + "-" + VERSION + ".pom"));
        if (jar != null) {
            Files.copy(jar, target.resolve(artifact + "-" + VERSION + ".jar"));
        }
    }

    /** Made customers: young ones on the basic plan leave. */
    private static String customers(int rows, boolean labelled) {
        StringBuilder text = new StringBuilder("age,plan,joined" + (labelled ? ",churned\n" : "\n"));
        for (int row = 0; row < rows; row++) {
            int age = 18 + row * 7 % 60;
            String plan = row % 3 == 0 ? "gold" : "basic";
            text.append(age)
                    .append(',')
                    .append(plan)
                    .append(",2021-0")
                    .append(1 + row % 9)
                    .append("-01");
            if (labelled) {
                boolean leaves = age < 40 && plan.equals("basic") != (row % 11 == 0);
                text.append(leaves ? ",yes" : ",no");
            }
            text.append('\n');
        }
        return text.toString();
    }
}
