package org.autotuner.examples.bench.train;

import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The same loop in Python's torch, in a process of its own that runs an epoch when told to. */
public final class TorchTraining implements Training {

    private final Process process;
    private final DataOutputStream commands;
    private final BufferedReader answers;

    /**
     * A training.
     *
     * @param python the interpreter, whose torch is used
     * @param weights initial ones, [out, in] and [out] of each layer
     */
    public TorchTraining(String python, TrainRows rows, ComparedNetwork network, List<float[]> weights)
            throws IOException {
        String script;
        try (InputStream source = Objects.requireNonNull(TorchTraining.class.getResourceAsStream("torch_peer.py"))) {
            script = new String(source.readAllBytes(), StandardCharsets.UTF_8);
        }
        process = new ProcessBuilder(python, "-c", script)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        commands = new DataOutputStream(process.getOutputStream());
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        line("%d %d %d %d %d %s %s %s"
                .formatted(
                        rows.rows(),
                        rows.width(),
                        rows.classes(),
                        network.hidden(),
                        network.batch(),
                        network.dropout(),
                        network.rate(),
                        network.decay()));
        send(rows.numbers());
        ByteBuffer labels = ByteBuffer.allocate(4 * rows.rows()).order(ByteOrder.LITTLE_ENDIAN);
        labels.asIntBuffer().put(rows.labels());
        commands.write(labels.array());
        for (float[] some : weights) {
            send(some);
        }
        commands.flush();
    }

    private void send(float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        commands.write(bytes.array());
    }

    private void line(String text) throws IOException {
        commands.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        commands.flush();
    }

    @Override
    public double stepsPerSecond() throws IOException {
        line("epoch");
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("The Python process ended; is torch installed in its environment?");
        }
        return Double.parseDouble(answer);
    }

    @Override
    public void close() {
        try {
            commands.close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
