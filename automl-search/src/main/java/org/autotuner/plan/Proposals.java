package org.autotuner.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.autotuner.execute.Seeds;
import org.autotuner.model.DataShape;
import org.autotuner.model.ModelFamily;
import org.autotuner.optimize.Optimizer;
import org.autotuner.optimize.OptimizerSession;
import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.jspecify.annotations.Nullable;

/**
 * The order of attack: each family's first starting point, cheapest families first, then the second ones, and so on; then
 * the optimizer's proposals in one conditional space, {@link #space()}, whose choice of family owns each family's
 * parameters. That choice goes by what the ensemble is expected to gain, {@link FamilyGains}, since the lowest error of a
 * single model is not what is delivered. Below it each branch has an optimizer's session of its own: families share no
 * parameters, so trials of one tell a model nothing of another's. Every choice is a function of the seed, the trial number
 * and the trials that it may know. Used by the coordinator alone.
 */
final class Proposals {

    /** Name of the choice of family in every configuration of a table study. */
    static final String FAMILY = "family";

    private static final int ATTEMPTS = 20;

    /** Optimizers draw by trial number; a further draw for the same trial has a number that no trial reaches. */
    private static final int REDRAW = 100_003;

    private final List<ModelFamily> families;
    private final Map<String, SearchSpace> spaces = new LinkedHashMap<>();
    private final Map<String, OptimizerSession> sessions = new HashMap<>();
    private final List<Proposal> starts = new ArrayList<>();
    private final Set<Configuration> proposed = new HashSet<>();
    private final Set<String> excluded = new HashSet<>();
    private final long seed;
    private int nextStart;
    private int lastNumber = -1;
    private int refusals;

    /**
     * Proposals for a study that has none yet.
     *
     * @param change hyperparameter that every family has beside its own, its first option the usual one; null for none
     */
    Proposals(
            List<ModelFamily> families,
            DataShape shape,
            @Nullable ChoiceParameter<String> change,
            Optimizer optimizer,
            long seed) {
        this.families = List.copyOf(families);
        this.seed = seed;
        ChoiceParameter<String> family =
                Parameter.choice(FAMILY, families.stream().map(ModelFamily::id).toArray(String[]::new));
        List<List<Configuration>> points = new ArrayList<>();
        for (ModelFamily one : families) {
            SearchSpace own = with(change, one.space(shape));
            List<Configuration> starting = starting(one.startingPoints(shape), change, points.size());
            Optimizer informed = optimizer.afterStartingPoints(starting.size());
            ChoiceParameter<String> only = Parameter.choice(FAMILY, one.id()).when(one.id(), own);
            spaces.put(one.id(), SearchSpace.of(only));
            sessions.put(
                    one.id(),
                    informed.open(SearchSpace.of(only), Seeds.of(seed, one.id().hashCode())));
            points.add(
                    starting.stream().map(point -> point.with(family, one.id())).toList());
        }
        int rounds = points.stream().mapToInt(List::size).max().orElse(0);
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < families.size(); i++) {
                if (round < points.get(i).size()) {
                    starts.add(new Proposal(families.get(i), points.get(i).get(round)));
                }
            }
        }
    }

    private static SearchSpace with(@Nullable ChoiceParameter<String> change, SearchSpace own) {
        if (change == null) {
            return own;
        }
        List<Parameter<?>> parameters = new ArrayList<>(own.parameters());
        parameters.add(change);
        return SearchSpace.of(parameters);
    }

    /**
     * A family's starting points with options of the change: by turns the usual one and the others in their order, so that the
     * families of one round try different ones.
     *
     * @param family position among the families; the first one begins with a change
     */
    private static List<Configuration> starting(
            List<Configuration> points, @Nullable ChoiceParameter<String> change, int family) {
        if (change == null) {
            return points;
        }
        List<String> options = change.options();
        List<Configuration> changed = new ArrayList<>();
        for (int round = 0; round < points.size(); round++) {
            boolean isUsual = (family + round) % 2 == 1;
            String option = options.get(isUsual ? 0 : 1 + round / 2 % (options.size() - 1));
            changed.add(points.get(round).with(change, option));
        }
        return changed;
    }

    /** The whole space: the choice of family owns each family's parameters. */
    SearchSpace space() {
        ChoiceParameter<String> family =
                Parameter.choice(FAMILY, spaces.keySet().toArray(new String[0]));
        for (Map.Entry<String, SearchSpace> entry : spaces.entrySet()) {
            ChoiceParameter<?> only =
                    (ChoiceParameter<?>) entry.getValue().parameters().get(0);
            family = family.when(
                    entry.getKey(), only.children().values().iterator().next());
        }
        return SearchSpace.of(family);
    }

    int startingPoints() {
        return starts.size();
    }

    /** No further proposals of this family. */
    void exclude(String family) {
        excluded.add(family);
    }

    /**
     * The next proposal, starting points first; another one if asked again for the same trial.
     *
     * @param known finished trials that it may know, best first
     * @param gains of the families in all ended trials that it may know
     * @return empty if nothing is left to try
     */
    Optional<Proposal> next(int number, List<FinishedTrial> known, FamilyGains gains) {
        while (nextStart < starts.size()) {
            Proposal start = starts.get(nextStart++);
            if (!excluded.contains(start.family().id()) && proposed.add(start.configuration())) {
                return Optional.of(start);
            }
        }
        refusals = number == lastNumber ? refusals + 1 : 0;
        lastNumber = number;
        Map<String, ModelFamily> open = open(known);
        SplittableRandom random = new SplittableRandom(Seeds.of(seed, number + refusals * REDRAW));
        for (int attempt = 0; attempt < ATTEMPTS && !open.isEmpty(); attempt++) {
            String family = gains.draw(List.copyOf(open.keySet()), random);
            Optional<Configuration> configuration = Objects.requireNonNull(sessions.get(family))
                    .propose(
                            number + (ATTEMPTS * refusals + attempt) * REDRAW,
                            TrialViews.history(known.stream()
                                    .filter(trial -> trial.family().equals(family))
                                    .toList()));
            if (configuration.isEmpty()) {
                open.remove(family);
            } else if (proposed.add(configuration.get())) {
                return Optional.of(new Proposal(Objects.requireNonNull(open.get(family)), configuration.get()));
            }
        }
        return Optional.empty();
    }

    /** Notes a configuration that a journal already holds, so that it is not proposed again. */
    void markProposed(Configuration configuration) {
        proposed.add(configuration);
    }

    /** Families that can still be tuned by id, the one with the best trial first. */
    private Map<String, ModelFamily> open(List<FinishedTrial> known) {
        Set<String> ranked = new LinkedHashSet<>();
        known.forEach(trial -> ranked.add(trial.family()));
        families.forEach(family -> ranked.add(family.id()));
        Map<String, ModelFamily> byId = new HashMap<>();
        families.forEach(family -> byId.put(family.id(), family));
        Map<String, ModelFamily> open = new LinkedHashMap<>();
        for (String id : ranked) {
            ModelFamily family = byId.get(id);
            if (family != null && !excluded.contains(id) && !isTrivial(id)) {
                open.put(id, family);
            }
        }
        return open;
    }

    private boolean isTrivial(String family) {
        return Objects.requireNonNull(spaces.get(family)).cardinality() == 1;
    }
}
