package org.autotuner.examples.bench;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.autotuner.ensemble.Ensembler;
import org.autotuner.ensemble.GreedyEnsembler;

/**
 * A default run with one ingredient taken away.
 *
 * @param isTried whether a trial is made; the time that others would have taken goes to later trials
 * @param isBagged whether all folds' models predict together, instead of the first one's alone
 * @param isCalibrated whether a temperature is fitted
 */
record Ablation(
        String name,
        Predicate<CachedTrials.Trial> isTried,
        Ensembler ensembler,
        boolean isBagged,
        boolean isCalibrated) {

    private static final Set<String> NETWORKS = Set.of("mlp", "realmlp", "tabm");
    private static final Set<String> KERNELS = Set.of("svm", "neighbours");
    private static final Set<String> OWN_BOOSTERS = Set.of("ordered-boosting", "histogram-boosting");
    private static final Set<String> NATIVE_BOOSTERS = Set.of("lightgbm", "xgboost");
    private static final Set<String> FORESTS = Set.of("extra-trees", "random-forest");
    private static final Set<String> LINEAR =
            Set.of("linear", "liblinear", "linear-sgd", "factorization-machine", "naive-bayes");

    /** The run as it is. */
    static final Ablation NONE = new Ablation("none", trial -> true, new GreedyEnsembler(), true, true);

    /** One per ingredient. */
    static List<Ablation> all() {
        return List.of(
                families("networks", NETWORKS),
                families("kernel methods", KERNELS),
                families("own boosters", OWN_BOOSTERS),
                families("native boosters", NATIVE_BOOSTERS),
                families("forests", FORESTS),
                families("linear models", LINEAR),
                without("target statistics", trial -> has(trial, "encoding", "statistics", "pairs")),
                without("generated features", trial -> has(trial, "arithmetic", "true")),
                without("target transforms", trial -> has(trial, "target_transform", "log", "power", "quantile")),
                new Ablation("ensembling", NONE.isTried(), Ablation::best, true, true),
                new Ablation("ensembling guards", NONE.isTried(), new GreedyEnsembler(40, 0), true, true),
                new Ablation("bagging", NONE.isTried(), NONE.ensembler(), false, true),
                new Ablation("calibration", NONE.isTried(), NONE.ensembler(), true, false));
    }

    private static Ablation families(String name, Set<String> families) {
        return without(name, trial -> families.contains(trial.family()));
    }

    private static Ablation without(String name, Predicate<CachedTrials.Trial> left) {
        return new Ablation(name, left.negate(), NONE.ensembler(), true, true);
    }

    private static boolean has(CachedTrials.Trial trial, String parameter, String... values) {
        JsonObject configuration = JsonParser.parseString(trial.configuration()).getAsJsonObject();
        return configuration.has(parameter)
                && List.of(values).contains(configuration.get(parameter).getAsString());
    }

    private static double[] best(Ensembler.Choice choice) {
        double[] weights = new double[choice.candidates().size()];
        weights[0] = 1;
        return weights;
    }
}
