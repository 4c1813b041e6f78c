package org.autotuner.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.AutoTuner;
import org.autotuner.budget.Budget;
import org.autotuner.data.Image;
import org.autotuner.data.ImageColumn;
import org.autotuner.data.Table;
import org.autotuner.data.TextColumn;
import org.autotuner.evaluate.Comparison;
import org.autotuner.metric.Metrics;
import org.autotuner.model.AutoModel;
import org.autotuner.predict.Predictions;
import org.autotuner.task.Tasks;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

/** A text, an image, a category and a number that each tell a part: together they tell more than any of them alone. */
class MixedTableTest {

    private static final List<String> COLUMNS = List.of("note", "photo", "kind", "size");
    private static final String[] GOOD = {"fine", "great", "lovely", "sound"};
    private static final String[] BAD = {"broken", "awful", "dull", "rotten"};
    private static final String[] KINDS = {"a", "b", "c", "d"};

    private static Table made(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> notes = new ArrayList<>();
        List<Image> photos = new ArrayList<>();
        String[] kinds = new String[rows];
        double[] sizes = new double[rows];
        String[] labels = new String[rows];
        for (int row = 0; row < rows; row++) {
            int praise = random.nextInt(2);
            int bright = random.nextInt(2);
            int kind = random.nextInt(4);
            sizes[row] = random.nextGaussian();
            kinds[row] = KINDS[kind];
            notes.add("a " + (praise == 1 ? GOOD : BAD)[random.nextInt(4)] + " thing, number " + random.nextInt(50));
            byte[] pixels = new byte[64];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) (60 + 120 * ((i / 32 + bright) % 2) + random.nextInt(40));
            }
            photos.add(Image.of(8, 8, 1, pixels));
            double sum = 2.2 * (praise - 0.5) + 2.2 * (bright - 0.5) + 1.1 * (kind % 2 - 0.5) * 2 + 1.1 * sizes[row];
            labels[row] = random.nextDouble() < 1 / (1 + Math.exp(-2 * sum)) ? "yes" : "no";
        }
        return Table.builder()
                .column("note", TextColumn.of(notes))
                .column("photo", ImageColumn.of(photos))
                .categorical("kind", kinds)
                .numeric("size", sizes)
                .categorical("label", labels)
                .build();
    }

    private static Predictions predictions(Table train, Table test) {
        AutoModel model = AutoTuner.builder()
                .target("label")
                .metric(Metrics.rocAuc())
                .families("linear", "histogram-boosting", "svm")
                .folds(3)
                .budget(Budget.ofTrials(6))
                .seed(2)
                .build()
                .fit(train);
        return model.predict(test.without("label"));
    }

    @Test
    void allColumnsTogetherBeatEachAloneSignificantly() {
        Table train = made(500, 1);
        Table test = made(1500, 2);
        Predictions together = predictions(train, test);
        for (String column : COLUMNS) {
            String[] others =
                    COLUMNS.stream().filter(name -> !name.equals(column)).toArray(String[]::new);
            Predictions alone = predictions(train.without(others), test);
            Comparison comparison = Comparison.paired(
                    Tasks.encode(together.task(), test), together, alone, Weights.none(), Metrics.rocAuc(), 300, 1);
            assertThat(comparison.high()).as(column).isLessThan(-0.03);
        }
    }
}
