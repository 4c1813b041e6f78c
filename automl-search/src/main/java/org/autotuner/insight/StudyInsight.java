package org.autotuner.insight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.autotuner.optimize.Recommendation;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.Trial;

/**
 * What a study tells, as data and as one page to look at. Trials that did not complete count only where it is said; where
 * a trial has several values the first one counts. Immutable and thread-safe.
 *
 * <pre>{@code
 * StudyInsight insight = result.insight();
 * insight.importance().forEach(System.out::println);
 * insight.writeTo(Path.of("study.html"));
 * }</pre>
 */
public final class StudyInsight {

    /** Fewest completed trials for importance and means. */
    private static final int LEAST_TRIALS = 10;

    private static final int MOST_TRIALS = 1_000;
    private static final long SEED = 1;

    private final SearchSpace space;
    private final List<Trial> trials;
    private final List<Trial> completed;
    private final boolean isMaximised;
    private final Axes axes;
    private final double[][] rows;
    private final Optional<Forest> forest;
    private final List<Importance> importance;
    private final List<Importance> interactions;

    private StudyInsight(SearchSpace space, List<Trial> trials, boolean isMaximised) {
        this.space = space;
        this.trials = List.copyOf(trials);
        this.isMaximised = isMaximised;
        this.axes = new Axes(space);
        this.completed = this.trials.stream()
                .filter(trial -> trial.value().filter(Double::isFinite).isPresent())
                .toList();
        this.rows = completed.stream()
                .map(trial -> axes.encode(trial.configuration()))
                .toArray(double[][]::new);
        this.forest = forest();
        if (forest.isPresent()) {
            Fanova fanova = new Fanova(axes, forest.get());
            importance = List.copyOf(fanova.parameters());
            interactions = List.copyOf(fanova.interactions(importance));
        } else {
            importance = List.of();
            interactions = List.of();
        }
    }

    /** Of trials in which lower values are better, such as those of a {@code StudyHistory}. */
    public static StudyInsight of(SearchSpace space, List<Trial> trials) {
        return new StudyInsight(space, trials, false);
    }

    /** Of trials in which higher values are better. */
    public static StudyInsight ofMaximised(SearchSpace space, List<Trial> trials) {
        return new StudyInsight(space, trials, true);
    }

    /**
     * What matters: the share of the variance over the search space that each parameter explains, the largest first, by
     * functional analysis of variance over a random forest (Hutter, Hoos, Leyton-Brown, ICML 2014). A parameter of a
     * choice is counted together with its interaction with that choice. Values that are worse than the third quartile by
     * more than three times the interquartile range are lowered to there (Tukey's far fence), so that a few trials that
     * blew up do not hide the rest. At most 1,000 trials are taken, at random.
     *
     * @return empty with fewer than ten completed trials, or if their values are all equal
     */
    public List<Importance> importance() {
        return importance;
    }

    /**
     * What pairs of the ten most important parameters explain beyond {@link #importance}, the largest share first; empty
     * where that is.
     */
    public List<Importance> interactions() {
        return interactions;
    }

    /** The best value after each completed trial. */
    public BestSoFar bestSoFar() {
        return BestSoFar.of(completed, isMaximised);
    }

    /** All completed trials as lines over the parameters, the most important one first. */
    public ParallelCoordinates parallelCoordinates() {
        List<Axis> order = ordered();
        List<ParallelCoordinates.Line> lines = new ArrayList<>();
        for (int i = 0; i < completed.size(); i++) {
            double[] row = rows[i];
            lines.add(new ParallelCoordinates.Line(
                    completed.get(i).number(),
                    order.stream()
                            .map(axis -> row[axes.indexOf(axis.parameter())])
                            .toList(),
                    value(i)));
        }
        return new ParallelCoordinates(order, lines);
    }

    /**
     * Values against one parameter.
     *
     * @throws IllegalArgumentException if the space has no such parameter
     */
    public Slice slice(Parameter<?> parameter) {
        int axis = axes.indexOf(parameter);
        List<Slice.Point> points = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            if (!Double.isNaN(rows[i][axis])) {
                points.add(new Slice.Point(completed.get(i).number(), rows[i][axis], value(i)));
            }
        }
        List<Slice.Mean> means = new ArrayList<>();
        forest.ifPresent(grown -> centres(axis)
                .forEach(
                        place -> means.add(new Slice.Mean(place, grown.mean(at(axis, place), axes.conditions(axis))))));
        return new Slice(axes.axis(axis), points, means);
    }

    /**
     * Values over two parameters.
     *
     * @throws IllegalArgumentException if the space has no such parameters
     */
    public Contour contour(Parameter<?> horizontal, Parameter<?> vertical) {
        int x = axes.indexOf(horizontal);
        int y = axes.indexOf(vertical);
        List<Contour.Point> points = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            if (!Double.isNaN(rows[i][x]) && !Double.isNaN(rows[i][y])) {
                points.add(new Contour.Point(completed.get(i).number(), rows[i][x], rows[i][y], value(i)));
            }
        }
        List<List<Double>> means = new ArrayList<>();
        forest.filter(grown -> axes.areCompatible(x, y)).ifPresent(grown -> {
            Map<Integer, BitSet> conditions = axes.conditions(x, y);
            for (double place : centres(y)) {
                double[] row = at(y, place);
                means.add(centres(x).stream()
                        .map(across -> {
                            double[] cell = row.clone();
                            cell[x] = across;
                            return grown.mean(cell, conditions);
                        })
                        .toList());
            }
        });
        return new Contour(axes.axis(x), axes.axis(y), means, points);
    }

    /** All trials, completed or not. */
    public List<Trial> trials() {
        return trials;
    }

    public boolean isMaximised() {
        return isMaximised;
    }

    /** One page that needs nothing but itself: no network, no script. */
    public String toHtml() {
        return toHtml("Study");
    }

    /** The same with a title of one's own; any text will do. */
    public String toHtml(String title) {
        return new Page(this, title).html();
    }

    /**
     * Writes the page, over what is there.
     *
     * @return the file
     */
    public Path writeTo(Path file) throws IOException {
        return Files.writeString(file, toHtml());
    }

    /** The configuration to use; worked out with each call. */
    Optional<Recommendation> recommended() {
        return isMaximised ? Recommendation.ofMaximised(space, trials) : Recommendation.of(space, trials);
    }

    /** The trials that completed with a finite value, in number order. */
    List<Trial> completed() {
        return completed;
    }

    /** All axes, the most important one first. */
    List<Axis> ordered() {
        return importance.isEmpty()
                ? axes.list()
                : importance.stream().map(one -> one.axes().get(0)).toList();
    }

    private double value(int index) {
        return completed.get(index).value().orElseThrow();
    }

    private List<Double> centres(int axis) {
        int cells = axes.axis(axis).cells();
        List<Double> centres = new ArrayList<>();
        for (int cell = 0; cell < cells; cell++) {
            centres.add((cell + 0.5) / cells);
        }
        return centres;
    }

    private double[] at(int axis, double place) {
        double[] places = new double[axes.size()];
        Arrays.fill(places, Double.NaN);
        places[axis] = place;
        return places;
    }

    private Optional<Forest> forest() {
        double[] values = completed.stream()
                .mapToDouble(trial -> trial.value().orElseThrow())
                .toArray();
        if (values.length < LEAST_TRIALS || Arrays.stream(values).distinct().count() < 2) {
            return Optional.empty();
        }
        double[] fenced = Fence.lowered(values, isMaximised);
        List<Integer> chosen = Arrays.stream(new SplittableRandom(SEED)
                        .ints(0, values.length)
                        .distinct()
                        .limit(Math.min(values.length, MOST_TRIALS))
                        .sorted()
                        .toArray())
                .boxed()
                .collect(Collectors.toList());
        return Optional.of(Forest.grow(
                chosen.stream().map(i -> rows[i]).toArray(double[][]::new),
                chosen.stream().mapToDouble(i -> fenced[i]).toArray(),
                axes.options(),
                SEED));
    }
}
