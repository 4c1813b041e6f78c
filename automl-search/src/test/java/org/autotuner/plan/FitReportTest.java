package org.autotuner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FitReportTest {

    private static final FitReport REPORT = report(0.25, new FitReport.Validation(0.8, 0.75, 0.85, "bootstrap"));

    @Test
    void theTextNamesTaskScoreFamiliesWarningsAndNotes() {
        assertThat(REPORT.toString())
                .contains("binary: two values")
                .contains("7 trials in 3.5 s", "the first model after 0.3 s")
                .contains("roc_auc 0.80000 (90 % interval 0.75000 to 0.85000; bootstrap)")
                .contains("linear: used: weight 0.60")
                .contains("svm: skipped: too many rows")
                .contains("warning: column 'id' looks like a number of rows")
                .contains("searched on all 100 rows");
    }

    @Test
    void theJsonHoldsTheSameThings() {
        JsonObject json = JsonParser.parseString(REPORT.toJson()).getAsJsonObject();
        assertThat(json.get("task").getAsString()).isEqualTo("binary: two values");
        assertThat(json.get("trials").getAsInt()).isEqualTo(7);
        assertThat(json.get("elapsed_s").getAsDouble()).isEqualTo(3.5);
        assertThat(json.get("first_model_s").getAsDouble()).isEqualTo(0.25);
        assertThat(json.getAsJsonObject("families").get("svm").getAsString()).isEqualTo("skipped: too many rows");
        assertThat(json.getAsJsonArray("warnings")).hasSize(1);
        assertThat(json.getAsJsonArray("notes")).hasSize(1);
        assertThat(json.get("metric").getAsString()).isEqualTo("roc_auc");
        assertThat(json.get("validation_low").getAsDouble()).isEqualTo(0.75);
        assertThat(json.get("validation_method").getAsString()).isEqualTo("bootstrap");
    }

    @Test
    void whatIsUnknownIsNullInJsonAndAbsentInText() {
        FitReport report = report(Double.NaN, new FitReport.Validation(0.8, Double.NaN, Double.NaN, "no time"));
        JsonObject json = JsonParser.parseString(report.toJson()).getAsJsonObject();
        assertThat(json.get("first_model_s").isJsonNull()).isTrue();
        assertThat(json.get("validation_low").isJsonNull()).isTrue();
        assertThat(report.firstModel()).isEmpty();
        assertThat(report.toString()).doesNotContain("the first model");
    }

    @Test
    void anIntervalThatWasNotMeasuredIsNotPrintedAsNaN() {
        FitReport report = report(Double.NaN, new FitReport.Validation(0.8, Double.NaN, Double.NaN, "no time"));
        assertThat(report.toString()).doesNotContain("NaN");
    }

    @Test
    void quotesInWarningsKeepTheJsonValid() {
        FitReport report = new FitReport(
                "t", 1, 1, 1, Map.of(), List.of("a \"quoted\"\nname"), List.of(), "m", REPORT.validation());
        assertThat(JsonParser.parseString(report.toJson())
                        .getAsJsonObject()
                        .getAsJsonArray("warnings")
                        .get(0)
                        .getAsString())
                .isEqualTo("a \"quoted\"\nname");
    }

    @Test
    void itCannotBeChangedThroughWhatWasGiven() {
        Map<String, String> families = new LinkedHashMap<>(Map.of("a", "used"));
        FitReport report = new FitReport("t", 1, 1, 1, families, List.of(), List.of(), "m", REPORT.validation());
        families.put("b", "used");
        assertThat(report.families()).containsOnlyKeys("a");
        assertThatThrownBy(() -> report.families().put("c", "used")).isInstanceOf(UnsupportedOperationException.class);
    }

    private static FitReport report(double firstModel, FitReport.Validation validation) {
        Map<String, String> families = new LinkedHashMap<>();
        families.put("linear", "used: weight 0.60, 2 finished trial(s)");
        families.put("svm", "skipped: too many rows");
        return new FitReport(
                "binary: two values",
                3.5,
                firstModel,
                7,
                families,
                List.of("column 'id' looks like a number of rows"),
                List.of("searched on all 100 rows"),
                "roc_auc",
                validation);
    }
}
