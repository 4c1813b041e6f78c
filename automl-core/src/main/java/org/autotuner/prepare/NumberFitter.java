package org.autotuner.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.autotuner.data.Column;

/** Fits the numbers of one column: a number, parts of a date, or counts of a text. */
final class NumberFitter {

    private static final int SAMPLE_ROWS = 20_000;
    private static final int MOST_KNOTS = 1000;

    private final FitInput input;
    private final PlanOptions options;

    NumberFitter(FitInput input, PlanOptions options) {
        this.input = input;
        this.options = options;
    }

    List<FittedStep> number(int column) {
        String name = input.name(column);
        Column cells = input.table().column(column);
        boolean raw = options.numbers() == NumericEncoding.RAW;
        NumericSummary summary =
                NumericSummary.of(input.rows(), row -> RawNumber.finite(cells, row), input.weights(), !raw);
        if (summary.isEmpty() || (summary.isConstant() && !summary.hasMissing())) {
            return List.of();
        }
        List<Feature> features = new ArrayList<>();
        if (raw) {
            features.add(input.names().number(name, name));
            return List.of(FittedStep.of(new RawNumber(column, List.copyOf(features))));
        }
        boolean constant = summary.isConstant();
        if (!constant) {
            features.add(input.names().number(name, name));
        }
        if (summary.hasMissing()) {
            features.add(input.names().number(name + "#missing", name));
        }
        if (options.numbers() == NumericEncoding.QUANTILE && !constant && summary.sorted().length > 1) {
            int knots = Math.max(100, Math.min(MOST_KNOTS, input.rows() / 30));
            QuantileNumber fitted = QuantileNumber.fit(column, List.copyOf(features), summary, knots);
            return List.of(FittedStep.of(fitted));
        }
        Scaling scaling = scaling(summary);
        return List.of(FittedStep.of(new ScaledNumbers(
                CellNumbers.NUMBER,
                column,
                List.copyOf(features),
                constant ? new int[0] : new int[] {0},
                constant ? List.of() : List.of(scaling),
                constant ? new float[0] : new float[] {scaling.apply(summary.quantile(0.5))},
                summary.hasMissing())));
    }

    private Scaling scaling(NumericSummary summary) {
        return options.numbers() == NumericEncoding.STANDARD ? Scaling.standard(summary) : Scaling.robust(summary);
    }

    /** The parts that vary; scaled and imputed unless they are for trees. */
    List<FittedStep> parts(int column, CellNumbers reads) {
        String name = input.name(column);
        Column cells = input.table().column(column);
        int[] rows = input.spread(SAMPLE_ROWS);
        double[][] numbers = new double[rows.length][reads.parts()];
        for (int i = 0; i < rows.length; i++) {
            if (i % 256 == 0) {
                input.deadline().check();
            }
            reads.read(cells, rows[i], numbers[i]);
        }
        boolean missing = IntStream.range(0, input.rows()).anyMatch(cells::isMissing);
        boolean scaled = !options.isTrees();
        int plain = reads == CellNumbers.DATE ? DateParts.PLAIN : reads.parts();
        List<Feature> features = new ArrayList<>();
        List<Integer> parts = new ArrayList<>();
        List<Scaling> scalings = new ArrayList<>();
        List<Float> fills = new ArrayList<>();
        for (int part = 0; part < (scaled ? reads.parts() : plain); part++) {
            int read = part;
            NumericSummary summary = NumericSummary.of(
                    rows.length, row -> numbers[row][read], input.weights().select(rows), scaled);
            boolean onlyMissingVaries = !scaled && missing && part == 0 && !summary.isEmpty();
            if (!summary.isConstant() || onlyMissingVaries) {
                Scaling scaling = !scaled || part >= plain ? Scaling.NONE : Scaling.robust(summary);
                features.add(input.names().number(name + reads.suffix(part), name));
                parts.add(part);
                scalings.add(scaling);
                fills.add(scaled ? scaling.apply(summary.quantile(0.5)) : Float.NaN);
            }
        }
        boolean all = IntStream.range(0, input.rows()).allMatch(cells::isMissing);
        boolean indicator = scaled && missing && !all;
        if (indicator) {
            features.add(input.names().number(name + "#missing", name));
        }
        if (features.isEmpty()) {
            return List.of();
        }
        float[] fill = new float[fills.size()];
        for (int i = 0; i < fill.length; i++) {
            fill[i] = fills.get(i);
        }
        int[] chosen = parts.stream().mapToInt(Integer::intValue).toArray();
        return List.of(FittedStep.of(
                new ScaledNumbers(reads, column, List.copyOf(features), chosen, scalings, fill, indicator)));
    }
}
