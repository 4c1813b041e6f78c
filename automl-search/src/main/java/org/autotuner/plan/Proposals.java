package org.autotuner.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/**
 * The order of attack: each family's first starting point, cheapest families first, then the second ones, and so on;
 * then the optimizer's proposals, for each family half as often as for the one that did next better, since an ensemble
 * gains from what differs. Every choice is a function of the seed, the
 * trial number and the trials that it may know. Used by the coordinator alone.
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

    Proposals(List<ModelFamily> families, DataShape shape, Optimizer optimizer, long seed) {
        this.families = List.copyOf(families);
        this.seed = seed;
        ChoiceParameter<String> family =
                Parameter.choice(FAMILY, families.stream().map(ModelFamily::id).toArray(String[]::new));
        List<List<Configuration>> points = new ArrayList<>();
        for (ModelFamily one : families) {
            SearchSpace own = one.space(shape);
            List<Configuration> starting = one.startingPoints(shape);
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
     * @return empty if nothing is left to try
     */
    Optional<Proposal> next(int number, List<FinishedTrial> known) {
        while (nextStart < starts.size()) {
            Proposal start = starts.get(nextStart++);
            if (!excluded.contains(start.family().id()) && proposed.add(start.configuration())) {
                return Optional.of(start);
            }
        }
        refusals = number == lastNumber ? refusals + 1 : 0;
        lastNumber = number;
        List<ModelFamily> ranked = ranked(known);
        SplittableRandom random = new SplittableRandom(Seeds.of(seed, number + refusals * REDRAW));
        for (int attempt = 0; attempt < ATTEMPTS && !ranked.isEmpty(); attempt++) {
            int rank = 0;
            while (rank + 1 < ranked.size() && random.nextDouble() < 0.5) {
                rank++;
            }
            ModelFamily family = ranked.get(rank);
            Optional<Configuration> configuration = java.util.Objects.requireNonNull(sessions.get(family.id()))
                    .propose(
                            number + (ATTEMPTS * refusals + attempt) * REDRAW,
                            TrialViews.history(known.stream()
                                    .filter(trial -> trial.family().equals(family.id()))
                                    .toList()));
            if (configuration.isEmpty()) {
                ranked.remove(rank);
            } else if (proposed.add(configuration.get())) {
                return Optional.of(new Proposal(family, configuration.get()));
            }
        }
        return Optional.empty();
    }

    /** Notes a configuration that a journal already holds, so that it is not proposed again. */
    void markProposed(Configuration configuration) {
        proposed.add(configuration);
    }

    /** Families with parameters, the one with the best trial first. */
    private List<ModelFamily> ranked(List<FinishedTrial> known) {
        Map<String, Integer> rank = new HashMap<>();
        for (int i = 0; i < known.size(); i++) {
            rank.putIfAbsent(known.get(i).family(), i);
        }
        List<ModelFamily> ranked = new ArrayList<>(families.stream()
                .filter(family -> !excluded.contains(family.id()))
                .filter(family -> spaces.containsKey(family.id()) && !isTrivial(family.id()))
                .toList());
        ranked.sort(Comparator.comparingInt(family -> rank.getOrDefault(family.id(), Integer.MAX_VALUE)));
        return ranked;
    }

    private boolean isTrivial(String family) {
        return java.util.Objects.requireNonNull(spaces.get(family)).cardinality() == 1;
    }
}
