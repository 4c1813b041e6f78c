package org.autotuner.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.data.Row;

/** Loads a model and predicts, with nothing but the serving class path; started in a JVM of its own by a test. */
public final class CoreAloneProgram {

    private CoreAloneProgram() {}

    /** Writes the bits of all predictions of the model file {@code arguments[0]} to {@code arguments[1]}. */
    public static void main(String[] arguments) throws IOException {
        Files.write(Path.of(arguments[1]), bits(AutoModel.load(Path.of(arguments[0]))));
    }

    static List<String> bits(AutoModel model) {
        SplittableRandom random = new SplittableRandom(77);
        List<String> bits = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Row row = Row.of(
                    "age",
                    random.nextInt(9) == 0 ? null : random.nextInt(18, 90),
                    "income",
                    random.nextDouble() * 90_000,
                    "plan",
                    List.of("gold", "silver", "basic", "trial", "unseen").get(random.nextInt(5)),
                    "joined",
                    LocalDate.of(1980 + random.nextInt(50), 1 + random.nextInt(12), 1),
                    "note",
                    "called " + random.nextInt(7) + " times");
            bits.add(Long.toHexString(
                            Double.doubleToRawLongBits(model.predict(row).probability("yes")))
                    + " " + model.predict(row).label());
        }
        return bits;
    }
}
