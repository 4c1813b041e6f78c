package org.autotuner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.autotuner.budget.Budget;
import org.autotuner.budget.Cancellation;
import org.autotuner.budget.Ticker;
import org.autotuner.data.Pixels;
import org.autotuner.data.Role;
import org.autotuner.data.Table;
import org.autotuner.error.OptionException;
import org.autotuner.metric.Metric;
import org.autotuner.model.AutoModel;
import org.autotuner.model.Constraints;
import org.autotuner.model.ModelFamily;
import org.autotuner.optimize.AutoOptimizer;
import org.autotuner.optimize.Optimizer;
import org.autotuner.plan.PixelOptions;
import org.autotuner.plan.SearchSettings;
import org.autotuner.plan.TableSearch;
import org.autotuner.prepare.TextEncoder;
import org.autotuner.prepare.TextEncoders;
import org.autotuner.prune.NoPruner;
import org.autotuner.prune.Pruner;
import org.autotuner.space.SearchSpace;
import org.autotuner.storage.StudyStorage;
import org.autotuner.study.StopRule;
import org.autotuner.study.StudyListener;
import org.autotuner.train.NetworkBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The one facade: finds, tunes, trains and combines models for a table, or minimises an objective of the caller.
 * Instances are immutable and may be used by many threads, each for its own fit.
 *
 * <pre>{@code
 * AutoModel model = AutoTuner.fit(Table.read(Path.of("customers.csv")), "churned", Budget.ofMinutes(5));
 * }</pre>
 */
public final class AutoTuner {

    private final SearchSettings settings;
    private final Map<String, Role> roles;

    private AutoTuner(SearchSettings settings, Map<String, Role> roles) {
        this.settings = settings;
        this.roles = Map.copyOf(roles);
    }

    /**
     * Fits a model for the target column within the budget; all else is found out.
     *
     * @throws org.autotuner.error.DataException if the table cannot be used, with the place and what to do
     * @throws OptionException if the target does not exist or the task is ambiguous
     */
    public static AutoModel fit(Table table, String target, Budget budget) {
        return builder().target(target).budget(budget).build().fit(table);
    }

    /** Minimises an objective over a space by the default optimizer; see {@link ObjectiveSearch} for all options. */
    public static StudyResult minimize(SearchSpace space, Objective objective, Budget budget) {
        return ObjectiveSearch.minimize(space).budget(budget).run(objective);
    }

    /** Maximises an objective; the values in the result have the caller's sign. */
    public static StudyResult maximize(SearchSpace space, Objective objective, Budget budget) {
        return ObjectiveSearch.maximize(space).budget(budget).run(objective);
    }

    /** Tunes a network of one's own; {@link NetworkSearch} tells the options. */
    public static NetworkSearch network(SearchSpace space, NetworkBuilder networks) {
        return NetworkSearch.of(space, networks);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Fits on the calling thread's time: {@code submit(table).await()}. */
    public AutoModel fit(Table table) {
        return submit(table).await();
    }

    /** Starts a fit in the background. The budget counts from here. */
    public FitJob submit(Table table) {
        Cancellation cancellation = new Cancellation();
        Table withRoles = table;
        for (Map.Entry<String, Role> role : roles.entrySet()) {
            withRoles = withRoles.withRole(role.getKey(), role.getValue());
        }
        return FitJob.start(new TableSearch(withRoles, settings, Ticker.system(), cancellation), cancellation);
    }

    /** Collects options; {@link #build()} reports every fault at once. Not thread-safe. */
    public static final class Builder {

        private @Nullable String target;
        private @Nullable String positive;
        private @Nullable String kind;
        private List<Double> quantiles = List.of();
        private @Nullable Metric metric;
        private Budget budget = Budget.ofMinutes(1);
        private Optimizer optimizer = new AutoOptimizer();
        private Pruner pruner = new NoPruner();
        private final List<String> families = new ArrayList<>();
        private final List<ModelFamily> added = new ArrayList<>();
        private final List<StopRule> stopRules = new ArrayList<>();
        private final List<StudyListener> listeners = new ArrayList<>();
        private final Map<String, Role> roles = new LinkedHashMap<>();
        private @Nullable StudyStorage storage;
        private @Nullable Table validation;
        private long seed = 1;
        private int folds;
        private int maxMembers = 12;
        private Map<String, Double> classWeights = Map.of();
        private Constraints constraints = Constraints.none();
        private @Nullable TextEncoder textEncoder;
        private PixelOptions pixels = PixelOptions.FOUND_OUT;
        private boolean isInterpretable;

        private Builder() {}

        /** Column to predict; required. */
        public Builder target(String column) {
            target = column;
            return this;
        }

        /** Positive label of a binary task; default: found out, the reason is in the report. */
        public Builder positive(String label) {
            positive = label;
            return this;
        }

        /** Treats the target as classes, whatever it looks like. */
        public Builder classification() {
            kind = "classification";
            return this;
        }

        /** Treats the target as a real value. */
        public Builder regression() {
            kind = "regression";
            return this;
        }

        /** Predicts these quantiles of a real value, each in (0, 1), increasing. */
        public Builder quantiles(double... levels) {
            kind = "quantile";
            quantiles = java.util.Arrays.stream(levels).boxed().toList();
            return this;
        }

        /** What is optimised; default: ROC AUC, log loss, RMSE or pinball loss by the task. */
        public Builder metric(Metric chosen) {
            metric = chosen;
            return this;
        }

        /** Time, trials, threads, memory; default: one minute. */
        public Builder budget(Budget granted) {
            budget = granted;
            return this;
        }

        /** What proposes configurations after the starting points; default: {@link AutoOptimizer}. */
        public Builder optimizer(Optimizer chosen) {
            optimizer = chosen;
            return this;
        }

        /** What ends unpromising trials after a fold, beside the built-in screening; default: nothing more. */
        public Builder pruner(Pruner chosen) {
            pruner = chosen;
            return this;
        }

        /** Only these families, by id; default: all that suit the data. */
        public Builder families(String... ids) {
            families.addAll(List.of(ids));
            return this;
        }

        /** Adds a family of the caller's. */
        public Builder family(ModelFamily family) {
            added.add(family);
            return this;
        }

        /** Adds a rule by which the search ends before its budget. */
        public Builder stopWhen(StopRule rule) {
            stopRules.add(rule);
            return this;
        }

        /** Where finished trials are kept, so that a later fit goes on from there; default: nowhere. */
        public Builder storage(StudyStorage chosen) {
            storage = chosen;
            return this;
        }

        /** Adds a listener for progress. */
        public Builder listener(StudyListener listener) {
            listeners.add(listener);
            return this;
        }

        /** Seed of all randomness; default 1. */
        public Builder seed(long chosen) {
            seed = chosen;
            return this;
        }

        /** Column of row weights, at least 0. */
        public Builder weights(String column) {
            roles.put(column, Role.WEIGHT);
            return this;
        }

        /** Column whose equal values never stand on both sides of a split. */
        public Builder group(String column) {
            roles.put(column, Role.GROUP);
            return this;
        }

        /** Column by which training rows are earlier than validation rows. */
        public Builder time(String column) {
            roles.put(column, Role.TIME);
            return this;
        }

        /** Column that numbers the fold in which each row is validated. */
        public Builder foldColumn(String column) {
            roles.put(column, Role.FOLD);
            return this;
        }

        /** Column that names who rated: categories whatever its type, and for the families of ratings the user. */
        public Builder user(String column) {
            roles.put(column, Role.USER);
            return this;
        }

        /** Column that names what was rated: categories whatever its type, and for the families of ratings the item. */
        public Builder item(String column) {
            roles.put(column, Role.ITEM);
            return this;
        }

        /** Columns that no model sees. */
        public Builder ignore(String... columns) {
            for (String column : columns) {
                roles.put(column, Role.IGNORED);
            }
            return this;
        }

        /** Rows to validate on instead of folds. */
        public Builder validation(Table rows) {
            validation = rows;
            return this;
        }

        /** Number of folds, 2 or more; default: by rows and budget. */
        public Builder folds(int count) {
            folds = count;
            return this;
        }

        /** Weight of each label in losses and metrics. */
        public Builder classWeights(Map<String, Double> weights) {
            classWeights = Map.copyOf(weights);
            return this;
        }

        /**
         * Numeric columns along which the prediction, of two classes the probability of the positive one, must not fall while
         * all other columns stay the same. Families that cannot keep to it are left out; missing cells are free.
         */
        public Builder increasing(String... columns) {
            for (String column : columns) {
                constraints = constraints.with(column, Constraints.Direction.INCREASING);
            }
            return this;
        }

        /** Numeric columns along which the prediction must not rise, as {@link #increasing}. */
        public Builder decreasing(String... columns) {
            for (String column : columns) {
                constraints = constraints.with(column, Constraints.Direction.DECREASING);
            }
            return this;
        }

        /**
         * Columns that may act together; may be called for several groups. Columns of different groups then only add up, before
         * the link function, in each member of the ensemble; those of no group make one of their own. Families that cannot keep
         * to it are left out.
         */
        public Builder interaction(String... columns) {
            constraints = constraints.withInteraction(Set.of(columns));
            return this;
        }

        /**
         * Reads an encoder of texts (BERT, MiniLM, E5, BGE and their like) from a folder in the Hugging Face layout, with
         * {@code config.json}, {@code tokenizer.json} and {@code model.safetensors}; model files carry its weights. Default: the
         * one on the class path, if there is one.
         *
         * @throws org.autotuner.error.DataException if a file is missing, damaged or of another kind of model
         * @throws org.autotuner.error.FamilyUnavailableException if DJL's tokenizers are not on the class path
         */
        public Builder textEncoder(Path folder) {
            textEncoder = TextEncoders.open(folder);
            return this;
        }

        /**
         * Says that these numeric columns are the pixels of an image; rows for prediction have the same columns. Default: found
         * out where all features together look like a square grey image, as {@link Pixels#infer} tells; the report says so.
         */
        public Builder pixels(Pixels layout) {
            pixels = new PixelOptions(layout, false);
            return this;
        }

        /** Says that no columns are the pixels of an image, however they look. */
        public Builder withoutPixels() {
            pixels = new PixelOptions(null, false);
            return this;
        }

        /** Most members of the ensemble, 1 for a single model; default 12. */
        public Builder maxMembers(int count) {
            maxMembers = count;
            return this;
        }

        /**
         * Only families whose models a person can follow compete (linear, one small tree, additive with at most pairs), and one
         * model alone is delivered, fitted on all rows; {@link #maxMembers} does not matter then. Default: all families.
         */
        public Builder interpretable() {
            isInterpretable = true;
            return this;
        }

        /**
         * Checks all options together.
         *
         * @throws OptionException that lists every fault
         */
        public AutoTuner build() {
            List<String> faults = new ArrayList<>();
            if (target == null || target.isBlank()) {
                faults.add("target is missing: name the column to predict with target(\"...\").");
            } else if (roles.containsKey(target)) {
                faults.add("target '%s' has another role too: %s.".formatted(target, roles.get(target)));
            }
            if (folds < 0 || folds == 1) {
                faults.add("folds must be at least 2, but was %d.".formatted(folds));
            }
            if (maxMembers < 1) {
                faults.add("maxMembers must be at least 1, but was %d.".formatted(maxMembers));
            }
            double before = 0;
            for (double level : quantiles) {
                if (!(level > before && level < 1)) {
                    faults.add("quantiles must increase within (0, 1), but are %s.".formatted(quantiles));
                    break;
                }
                before = level;
            }
            if ("quantile".equals(kind) && quantiles.isEmpty()) {
                faults.add("quantiles needs at least one level, such as quantiles(0.1, 0.5, 0.9).");
            }
            classWeights.forEach((label, weight) -> {
                if (!(weight >= 0) || weight.isInfinite()) {
                    faults.add("classWeights: the weight of '%s' is %s, but must be finite and at least 0."
                            .formatted(label, weight));
                }
            });
            if (!faults.isEmpty()) {
                throw new OptionException("%d option(s) are wrong:%n- %s"
                        .formatted(faults.size(), String.join(System.lineSeparator() + "- ", faults)));
            }
            SearchSettings settings = new SearchSettings(
                    java.util.Objects.requireNonNull(target),
                    positive,
                    kind,
                    quantiles,
                    metric,
                    budget,
                    optimizer,
                    pruner,
                    families,
                    added,
                    stopRules,
                    storage,
                    listeners,
                    seed,
                    validation,
                    folds,
                    classWeights,
                    isInterpretable ? 1 : maxMembers,
                    constraints,
                    textEncoder,
                    pixels,
                    isInterpretable);
            return new AutoTuner(settings, roles);
        }
    }
}
