package org.autotuner.examples.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The bench itself in another JVM with this one's class path and options. */
final class ChildJvm {

    private ChildJvm() {}

    /** Starts a command; its standard output goes to a file, its standard error to ours. */
    static Process start(Path output, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Bench.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Runs a command to its end. */
    static void run(Path output, List<String> arguments) throws IOException, InterruptedException {
        int status = start(output, arguments).waitFor();
        if (status != 0) {
            throw new IllegalStateException(
                    "bench %s ended with status %d.".formatted(String.join(" ", arguments), status));
        }
    }
}
