package org.autotuner.prepare;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.data.ColumnType;
import org.autotuner.data.Table;

/** Fits all columns of a table one after the other, then the statistics that need several. */
final class PlanFitter {

    private final FitInput input;
    private final PlanOptions options;
    private final List<FittedStep> steps = new ArrayList<>();

    PlanFitter(FitInput input, PlanOptions options) {
        this.input = input;
        this.options = options;
    }

    Prepared fit() {
        Table table = input.table();
        NumberFitter numbers = new NumberFitter(input, options);
        CategoryFitter categories = new CategoryFitter(input, options);
        TermFitter terms = new TermFitter(input, options);
        for (int column = 0; column < table.columnCount(); column++) {
            input.deadline().check();
            ColumnType type = table.column(column).type();
            if (type == ColumnType.NUMERIC) {
                steps.addAll(numbers.number(column));
            } else if (type == ColumnType.CATEGORICAL) {
                steps.addAll(categories.fit(column));
            } else if (type == ColumnType.IMAGE) {
                steps.addAll(new ImageFitter(input, options).fit(column));
            } else {
                if (type != ColumnType.TEXT || options.has(PlanOptions.Extra.TEXT_COUNTS)) {
                    steps.addAll(numbers.parts(column, type == ColumnType.TEXT ? CellNumbers.TEXT : CellNumbers.DATE));
                }
                if (type == ColumnType.TEXT) {
                    steps.addAll(terms.fit(column));
                }
            }
        }
        if (options.has(PlanOptions.Extra.STATISTICS)) {
            steps.addAll(categories.numbersAndPairs());
        }
        if (options.has(PlanOptions.Extra.NUMBER_CODES)) {
            CategoryFitter.NumberCodes codes = categories.numberCodes();
            steps.removeIf(step ->
                    step.encoder() instanceof RawNumber number && codes.keys().contains(number.column()));
            steps.addAll(codes.steps());
        }
        if (options.has(PlanOptions.Extra.ARITHMETIC)) {
            steps.addAll(ArithmeticChooser.choose(input));
        }
        if (steps.isEmpty()) {
            steps.add(FittedStep.of(new Nothing(List.of(input.names().number("nothing", "")))));
        }
        return assemble(table);
    }

    private Prepared assemble(Table table) {
        FittedPlan plan = new FittedPlan(
                InputColumns.of(table), steps.stream().map(FittedStep::encoder).toList());
        FeatureMatrix matrix = plan.transform(table, input.deadline());
        int offset = 0;
        for (FittedStep step : steps) {
            FittedStep.TrainingValues training = step.training();
            if (training != null) {
                training.fill(table, matrix.denseArray(), matrix.width(), offset);
            }
            offset += step.encoder().features().size();
        }
        return new Prepared(plan, matrix);
    }
}
