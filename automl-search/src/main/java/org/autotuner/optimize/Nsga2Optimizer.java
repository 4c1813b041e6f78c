package org.autotuner.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.optimize.ParetoPopulation.Member;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.StudyHistory;

/**
 * NSGA-II for several objectives (Deb and others: A Fast and Elitist Multiobjective Genetic Algorithm, IEEE TEC 6, 2002)
 * with its constrained domination: trials that keep all constraints come before those that do not, and these are ordered
 * by how far they break them. Numbers cross by simulated binary crossover (Deb, Agrawal: Simulated Binary Crossover for
 * Continuous Search Space, Complex Systems 9, 1995) and mutate by the polynomial one, options cross uniformly and mutate
 * to any other; parameters that only one parent has come from that one. Departures: each trial is a child of the best
 * trials so far instead of those of the last generation, and the start fills the space. It pays from some hundred trials
 * on. Immutable and thread-safe.
 */
public final class Nsga2Optimizer implements Optimizer {

    private static final int DEFAULT_POPULATION = 20;
    private static final double CROSSOVER = 0.9;
    private static final double CROSSOVER_INDEX = 15;
    private static final double MUTATION_INDEX = 20;

    private final int population;

    private Nsga2Optimizer(int population) {
        this.population = population;
    }

    /** With a population of 20. */
    public Nsga2Optimizer() {
        this(DEFAULT_POPULATION);
    }

    /**
     * A copy with this number of parents, which is also the number of space-filling trials at the start.
     *
     * @throws IllegalArgumentException if there are fewer than 2
     */
    public Nsga2Optimizer withPopulation(int count) {
        if (count < 2) {
            throw new IllegalArgumentException("A population needs at least 2 members, but was %d.".formatted(count));
        }
        return new Nsga2Optimizer(count);
    }

    @Override
    public String name() {
        return "nsga2";
    }

    @Override
    public OptimizerSession open(SearchSpace space, long seed) {
        return VectorSession.open(space, seed, parts -> (number, history) -> {
            List<Member> parents = number < population ? List.of() : parents(history, parts.observations());
            return parents.size() < 2 ? null : child(parts.encoding(), parents, Random.of(seed, number));
        });
    }

    /** The best trials, best first. */
    private List<Member> parents(StudyHistory history, Observations observations) {
        List<Member> parents = new ArrayList<>();
        for (List<Member> front : ParetoPopulation.of(history, observations).fronts(population)) {
            parents.addAll(ParetoPopulation.byCrowding(front));
            if (parents.size() >= population) {
                return parents.subList(0, population);
            }
        }
        return parents;
    }

    private static double[] child(Encoding encoding, List<Member> parents, SplittableRandom random) {
        double[] one = tournament(parents, random).vector();
        double[] two = tournament(parents, random).vector();
        boolean crosses = random.nextDouble() < CROSSOVER;
        int forced = random.nextInt(Math.max(1, encoding.size()));
        double share = 1.0 / Math.max(1, encoding.size());
        return encoding.walk(dimension -> {
            int d = dimension.index();
            double at = crossed(dimension, one[d], two[d], crosses, random);
            boolean mutates = random.nextDouble() < share || (!crosses && d == forced);
            return mutates || Double.isNaN(at) ? mutated(dimension, at, random) : dimension.snap(at);
        });
    }

    /** The better of two drawn ones: parents are in order. */
    private static Member tournament(List<Member> parents, SplittableRandom random) {
        return parents.get(Math.min(random.nextInt(parents.size()), random.nextInt(parents.size())));
    }

    private static double crossed(
            Dimension dimension, double one, double two, boolean crosses, SplittableRandom random) {
        if (Double.isNaN(one) || Double.isNaN(two)) {
            return Double.isNaN(one) ? two : one;
        }
        if (!crosses || random.nextDouble() < 0.5) {
            return one;
        }
        if (dimension.isCategory()) {
            return two;
        }
        double u = random.nextDouble();
        double spread = u < 0.5
                ? Math.pow(2 * u, 1 / (CROSSOVER_INDEX + 1))
                : Math.pow(1 / (2 * (1 - u)), 1 / (CROSSOVER_INDEX + 1));
        double side = random.nextDouble() < 0.5 ? -1 : 1;
        return Math.min(1, Math.max(0, 0.5 * (one + two + side * spread * (two - one))));
    }

    private static double mutated(Dimension dimension, double at, SplittableRandom random) {
        if (Double.isNaN(at) || dimension.isCategory()) {
            return dimension.snap(random.nextDouble());
        }
        double u = random.nextDouble();
        double step = u < 0.5
                ? Math.pow(2 * u, 1 / (MUTATION_INDEX + 1)) - 1
                : 1 - Math.pow(2 * (1 - u), 1 / (MUTATION_INDEX + 1));
        double least = Math.signum(step) * 2 * dimension.halfWidth(at);
        return dimension.snap(at + (Math.abs(step) < Math.abs(least) ? least : step));
    }
}
