package org.autotuner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.autotuner.budget.Budget;
import org.autotuner.data.Table;
import org.autotuner.fakes.FakeFamily;
import org.autotuner.fakes.Fits;
import org.autotuner.fakes.Samples;
import org.autotuner.model.AutoModel;
import org.autotuner.storage.JournalStorage;

/** A fit in a process of its own, for {@link KilledProcessTest}. */
final class KilledFit {

    static final int TRIALS = 12;

    private KilledFit() {}

    /**
     * Fits, notes each started fit in a file, and at the end writes the predictions.
     *
     * @param args folder of the journal, file of fits, file of predictions
     */
    public static void main(String[] args) throws IOException {
        Path fits = Path.of(args[1]);
        Table table = Samples.binary(120, 4);
        FakeFamily slow = FakeFamily.of("fake", (data, configuration, context) -> {
            try {
                Files.writeString(
                        fits,
                        configuration.toJson() + System.lineSeparator(),
                        java.nio.file.StandardOpenOption.CREATE,
                        java.nio.file.StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            double sum = 0;
            for (int i = 0; i < 20_000_000; i++) {
                sum += Math.sqrt(i);
            }
            if (sum < 0) {
                throw new IllegalStateException("not reached");
            }
            return Fits.threshold(data, configuration, context);
        });
        AutoModel model = AutoTuner.builder()
                .target("y")
                .family(slow.startingAt(2, 4, 8))
                .families("fake")
                .storage(JournalStorage.at(Path.of(args[0])))
                .budget(Budget.ofTrials(TRIALS).withThreads(2))
                .build()
                .fit(table);
        Files.writeString(Path.of(args[2]), Arrays.toString(model.predict(table).toArray()));
    }
}
