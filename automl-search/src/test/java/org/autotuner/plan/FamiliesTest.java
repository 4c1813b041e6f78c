package org.autotuner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autotuner.error.OptionException;
import org.autotuner.fakes.FakeFamily;
import org.autotuner.fakes.Fits;
import org.autotuner.fakes.Samples;
import org.autotuner.model.DataShape;
import org.autotuner.model.ModelFamily;
import org.autotuner.task.Task;
import org.junit.jupiter.api.Test;

class FamiliesTest {

    private static final DataShape SHAPE = Samples.study(30, 3).shape();
    private static final FakeFamily FAKE = FakeFamily.of("fake", Fits::threshold);

    @Test
    void familiesOnTheClassPathAndGivenOnesAreFound() {
        List<String> warnings = new ArrayList<>();
        Map<String, ModelFamily> found = Families.found(List.of(FAKE), warnings);
        assertThat(found).containsKeys("linear", "lightgbm", "xgboost", "svm", "neighbours", "prior", "fake");
        assertThat(warnings).isEmpty();
    }

    @Test
    void thoseThatAreGoodEarlyComeFirstAndOthersByName() {
        List<String> ids =
                List.copyOf(Families.found(List.of(FAKE, FakeFamily.of("alpha", Fits::threshold)), new ArrayList<>())
                        .keySet());
        assertThat(ids).containsSubsequence("linear", "lightgbm", "xgboost", "svm", "alpha", "fake");
    }

    @Test
    void whereAllColumnsAreTextsLinearModelsComeBeforeTrees() {
        Map<String, ModelFamily> found = Families.found(List.of(), new ArrayList<>());
        DataShape texts = new DataShape(SHAPE.task(), 1000, 0, 0, 0, 1);
        assertThat(Families.choose(found, List.of(), texts).families())
                .extracting(ModelFamily::id)
                .containsSubsequence("naive-bayes", "linear", "svm", "extra-trees", "ordered-boosting");
        assertThat(Families.choose(found, List.of(), SHAPE).families())
                .extracting(ModelFamily::id)
                .containsSubsequence("linear", "ordered-boosting", "extra-trees", "svm")
                .doesNotContain("naive-bayes");
    }

    @Test
    void aGivenFamilyReplacesAFoundOneOfTheSameId() {
        FakeFamily linear = FakeFamily.of("linear", Fits::threshold);
        assertThat(Families.found(List.of(linear), new ArrayList<>())).containsEntry("linear", linear);
    }

    @Test
    void onlyTheFamiliesAskedForTakePart() {
        Families.Chosen chosen = Families.choose(two(), List.of("fake"), SHAPE);
        assertThat(chosen.families()).extracting(ModelFamily::id).containsExactly("fake");
        assertThat(chosen.reasons()).containsEntry("other", "skipped: not among the families asked for");
    }

    /** What runs everywhere takes part where the faster one cannot, or when it is asked for. */
    @Test
    void aStandInGivesWayToTheFamilyThatIsAvailable() {
        Map<String, ModelFamily> found = Families.found(List.of(), new ArrayList<>());
        Map<String, ModelFamily> boosters = new LinkedHashMap<>();
        boosters.put("lightgbm", found.get("lightgbm"));
        boosters.put("histogram-boosting", found.get("histogram-boosting"));
        boolean isNative = found.get("lightgbm").unavailable().isEmpty();
        assertThat(Families.choose(boosters, List.of(), SHAPE).families())
                .extracting(ModelFamily::id)
                .containsExactly(
                        isNative ? new String[] {"lightgbm"} : new String[] {"lightgbm", "histogram-boosting"});
        assertThat(Families.choose(boosters, List.of("histogram-boosting"), SHAPE)
                        .families())
                .extracting(ModelFamily::id)
                .containsExactly("histogram-boosting");
        boosters.remove("lightgbm");
        assertThat(Families.choose(boosters, List.of(), SHAPE).families())
                .extracting(ModelFamily::id)
                .containsExactly("histogram-boosting");
    }

    @Test
    void modelsToBeFollowedTakePartWhereTheyAreAskedForOnly() {
        Map<String, ModelFamily> found = Families.found(List.of(), new ArrayList<>());
        Families.Chosen usual = Families.choose(found, List.of(), SHAPE);
        assertThat(usual.families())
                .extracting(ModelFamily::id)
                .doesNotContain("small-tree", "additive")
                .contains("linear");
        assertThat(usual.reasons()).containsEntry("small-tree", "skipped: one small tree improves no ensemble");
        assertThat(Families.choose(found, List.of("small-tree"), SHAPE).families())
                .extracting(ModelFamily::id)
                .containsExactly("small-tree");
    }

    @Test
    void onlyInterpretableFamiliesTakePartWhereSuchAreWanted() {
        Map<String, ModelFamily> found = Families.found(List.of(FAKE), new ArrayList<>());
        Families.Chosen chosen = Families.choose(found, List.of(), true, SHAPE);
        assertThat(chosen.families()).extracting(ModelFamily::id).containsExactly("linear", "additive", "small-tree");
        assertThat(chosen.reasons()).containsEntry("fake", "skipped: only interpretable models are wanted");
        assertThat(Families.choose(found, List.of("additive"), true, SHAPE).families())
                .extracting(ModelFamily::id)
                .containsExactly("additive");
        assertThatThrownBy(() -> Families.choose(found, List.of("additive", "fake"), true, SHAPE))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("families fake. Leave out either")
                .hasMessageContaining("linear, additive, small-tree");
    }

    @Test
    void anUnknownFamilyIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Families.choose(two(), List.of("faek"), SHAPE))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("'faek'")
                .hasMessageContaining("fake, other");
    }

    @Test
    void aFamilyThatDoesNotKnowTheTaskIsSkippedWithAReason() {
        Map<String, ModelFamily> found = Map.of("fake", FAKE.supporting(task -> !task.isClassification()));
        Families.Chosen chosen = Families.choose(found, List.of(), SHAPE);
        assertThat(chosen.families()).isEmpty();
        assertThat(chosen.reasons().get("fake")).startsWith("skipped").contains("binary");
    }

    @Test
    void aFamilyThatDoesNotSuitTheDataIsSkippedWithItsOwnReason() {
        Map<String, ModelFamily> found = Map.of("fake", FAKE.unsuitableFor("more than 50,000 rows"));
        assertThat(Families.choose(found, List.of(), SHAPE).reasons())
                .containsEntry("fake", "skipped: more than 50,000 rows");
    }

    @Test
    void everyFamilyIsEitherChosenOrHasAReason() {
        Map<String, ModelFamily> found = Families.found(List.of(FAKE), new ArrayList<>());
        for (Task task : List.of(
                SHAPE.task(),
                new org.autotuner.task.RegressionTask("y"),
                new org.autotuner.task.QuantileTask("y", List.of(0.1, 0.9)))) {
            DataShape shape = new DataShape(task, 500_000, 900, 10, 5_000, 1);
            Families.Chosen chosen = Families.choose(found, List.of(), shape);
            assertThat(found.keySet())
                    .allMatch(id -> chosen.reasons().containsKey(id)
                            ^ chosen.families().stream()
                                    .anyMatch(family -> family.id().equals(id)));
        }
    }

    private static Map<String, ModelFamily> two() {
        Map<String, ModelFamily> found = new LinkedHashMap<>();
        found.put("fake", FAKE);
        found.put("other", FakeFamily.of("other", Fits::threshold));
        return found;
    }
}
