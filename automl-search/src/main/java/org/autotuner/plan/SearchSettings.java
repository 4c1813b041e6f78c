package org.autotuner.plan;

import java.util.List;
import java.util.Map;
import org.autotuner.budget.Budget;
import org.autotuner.data.Table;
import org.autotuner.metric.Metric;
import org.autotuner.model.Constraints;
import org.autotuner.model.ModelFamily;
import org.autotuner.optimize.Optimizer;
import org.autotuner.prepare.TextEncoder;
import org.autotuner.prune.Pruner;
import org.autotuner.storage.StudyStorage;
import org.autotuner.study.StopRule;
import org.autotuner.study.StudyListener;
import org.jspecify.annotations.Nullable;

/**
 * All options of a fit, checked by the facade.
 *
 * @param positive positive label of a binary task; null to choose it
 * @param kind classification, regression or quantile, or null to infer it
 * @param quantiles levels of a quantile task, else empty
 * @param metric null for the task's default
 * @param families ids to use, empty for all
 * @param added families given by the caller beside those found by {@code ServiceLoader}
 * @param storage null to keep nothing
 * @param validation rows to validate on instead of folds; null for folds
 * @param folds number of folds, 0 for the library's choice
 * @param classWeights weight of each label, empty for none
 * @param maxMembers most members of the ensemble
 * @param constraints what every member must keep to
 * @param textEncoder of texts; null for the one on the class path, if there is one
 * @param pixels which numeric columns are an image
 * @param isInterpretable whether only interpretable families compete, and one model of them is delivered
 */
public record SearchSettings(
        String target,
        @Nullable String positive,
        @Nullable String kind,
        List<Double> quantiles,
        @Nullable Metric metric,
        Budget budget,
        Optimizer optimizer,
        Pruner pruner,
        List<String> families,
        List<ModelFamily> added,
        List<StopRule> stopRules,
        @Nullable StudyStorage storage,
        List<StudyListener> listeners,
        long seed,
        @Nullable Table validation,
        int folds,
        Map<String, Double> classWeights,
        int maxMembers,
        Constraints constraints,
        @Nullable TextEncoder textEncoder,
        PixelOptions pixels,
        boolean isInterpretable) {

    public SearchSettings {
        quantiles = List.copyOf(quantiles);
        families = List.copyOf(families);
        added = List.copyOf(added);
        stopRules = List.copyOf(stopRules);
        listeners = List.copyOf(listeners);
        classWeights = Map.copyOf(classWeights);
    }
}
