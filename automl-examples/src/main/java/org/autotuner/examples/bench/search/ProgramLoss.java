package org.autotuner.examples.bench.search;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.autotuner.space.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * A program that is started with the first question and then answers each line, a configuration in JSON, with one line,
 * its loss. It works in the folder of the objectives; what it writes to its standard error is shown.
 */
final class ProgramLoss implements Loss {

    private static final long PATIENCE_SECONDS = 5;

    private record Talk(Process process, Writer questions, BufferedReader answers) {}

    private final List<String> command;
    private final Path folder;
    private @Nullable Talk talk;
    private volatile boolean isClosed;

    ProgramLoss(List<String> command, Path folder) {
        this.command = List.copyOf(command);
        this.folder = folder;
    }

    /** One question at a time, since the program has one standard input. */
    @Override
    public synchronized double of(Configuration configuration) {
        if (isClosed) {
            throw new IllegalStateException("The program %s was ended.".formatted(command));
        }
        String answer;
        try {
            if (talk == null) {
                talk = start();
            }
            talk.questions().write(configuration.toJson() + "\n");
            talk.questions().flush();
            answer = talk.answers().readLine();
        } catch (IOException e) {
            throw new UncheckedIOException("The program %s cannot be used.".formatted(command), e);
        }
        if (answer == null) {
            throw new IllegalStateException(
                    "The program %s ended without an answer to %s.".formatted(command, configuration));
        }
        return number(answer.strip());
    }

    /** Ends the program: by the end of its input, and by force if it does not heed that. */
    @Override
    public void close() {
        isClosed = true;
        synchronized (this) {
            if (talk != null) {
                end(talk);
                talk = null;
            }
        }
    }

    private static void end(Talk talk) {
        Process process = talk.process();
        try {
            talk.questions().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private Talk start() throws IOException {
        List<String> absolute = new ArrayList<>(command);
        Path program = folder.resolve(command.get(0));
        if (Files.isRegularFile(program)) {
            absolute.set(0, program.toAbsolutePath().toString());
        }
        Process process = new ProcessBuilder(absolute)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new Talk(
                process,
                new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8)),
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
    }

    private double number(String answer) {
        return switch (answer.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "infinity" -> Double.POSITIVE_INFINITY;
            default -> {
                try {
                    yield Double.parseDouble(answer);
                } catch (NumberFormatException e) {
                    throw new IllegalStateException(
                            "The program %s answered '%s', which is no number.".formatted(command, answer), e);
                }
            }
        };
    }
}
