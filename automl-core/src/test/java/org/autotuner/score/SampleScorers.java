package org.autotuner.score;

import java.util.List;
import java.util.SplittableRandom;

/** One scorer of every type, made at random; binary probabilities where there is one output. */
public final class SampleScorers {

    private SampleScorers() {}

    public static List<Scorer> all(SplittableRandom random, int width, int outputs) {
        Link link = outputs == 1 ? Link.SIGMOID : Link.SOFTMAX;
        Scorer linear = LinearScorer.of(width, 0, reals(random, outputs), reals(random, width * outputs), link);
        Scorer constant = ConstantScorer.of(simplex(random, outputs));
        return List.of(
                constant,
                linear,
                FactorizationMachineScorer.of(
                        width,
                        0,
                        2,
                        reals(random, outputs),
                        reals(random, width * outputs),
                        reals(random, width * outputs * 2),
                        link),
                kernel(random, width, outputs),
                neighbours(random, width, outputs),
                trees(random, width, outputs, 8).link(link).build(),
                symmetric(random, width, outputs, link),
                additive(random, width, outputs, link),
                StatisticTrees.of(
                        statistics(width - 1),
                        trees(random, width + 2, outputs, 8).link(link).build()),
                network(random, width, outputs, link),
                VotingScorer.of(List.of(linear, constant)));
    }

    /** Two members; all features as numbers of three pieces each, the first one as a category, too. */
    static DenseNetwork network(SplittableRandom random, int width, int outputs, Link link) {
        int inputs = 4 * width + 3;
        List<float[]> edges = java.util.Collections.nCopies(width, new float[] {-1, 0, 1, 2});
        DenseNetworkBuilder builder = DenseNetwork.builder()
                .numbers(java.util.stream.IntStream.range(0, width).toArray())
                .scaling(some(random, width), some(random, width))
                .softLimit(3)
                .embedding(NumberEmbedding.piecewiseLinear(edges)
                        .withLinear(3, some(random, 9 * width), some(random, 3 * width))
                        .withRaw())
                .category(0, 2, 3, some(random, 9))
                .layer(some(random, 20 * inputs), some(random, 20), Activation.RELU)
                .layer(some(random, 60), some(random, 3), Activation.MISH, some(random, 3))
                .outputs(reals(random, outputs), reals(random, outputs))
                .clamp(-4, 4)
                .link(link);
        for (int member = 0; member < 2; member++) {
            builder.member(some(random, inputs), some(random, 3 * outputs), some(random, outputs));
        }
        return builder.build();
    }

    /** A function of the first feature, and one of it and the last one as a category. */
    static Scorer additive(SplittableRandom random, int width, int outputs, Link link) {
        AdditiveAxis numbers = AdditiveAxis.numbers(0, new float[] {-1, 0, 1.5f});
        AdditiveAxis codes = AdditiveAxis.categories(width - 1, 3);
        return new AdditiveScorer(
                width,
                reals(random, outputs),
                link,
                List.of(
                        new AdditiveTerm(List.of(numbers), outputs, reals(random, 5 * outputs)),
                        new AdditiveTerm(List.of(numbers, codes), outputs, reals(random, 25 * outputs))));
    }

    /** Floats without zeros, which a file would leave out. */
    private static float[] some(SplittableRandom random, int count) {
        return ReferenceNetwork.floats(random, count, 1);
    }

    static Scorer neighbours(SplittableRandom random, int width, int outputs) {
        double[] targets = new double[10 * outputs];
        for (int i = 0; i < 10; i++) {
            if (outputs == 1) {
                targets[i] = random.nextInt(2);
            } else {
                targets[i * outputs + random.nextInt(outputs)] = 1;
            }
        }
        return NeighboursScorer.of(width, 3, true, floats(random, 10 * width), outputs, targets);
    }

    static Scorer kernel(SplittableRandom random, int width, int outputs) {
        int classes = Math.max(2, outputs);
        int pairs = classes * (classes - 1) / 2;
        int[] counts = new int[classes];
        int[] labels = new int[classes];
        for (int c = 0; c < classes; c++) {
            counts[c] = 2;
            labels[c] = classes - 1 - c;
        }
        double[] slopes = reals(random, pairs);
        return KernelScorer.classification(
                width,
                0.3,
                floats(random, 2 * classes * width),
                counts,
                reals(random, (classes - 1) * 2 * classes),
                reals(random, pairs),
                slopes,
                reals(random, pairs),
                labels,
                outputs);
    }

    /** Random trees with numeric and categorical splits of all kinds. */
    static TreeEnsembleBuilder trees(SplittableRandom random, int width, int outputs, int count) {
        TreeEnsembleBuilder builder = new TreeEnsembleBuilder(width, outputs);
        for (int t = 0; t < count; t++) {
            int splits = 1 + random.nextInt(6);
            int nodes = 2 * splits + 1;
            int[] left = new int[nodes];
            int[] right = new int[nodes];
            int[] feature = new int[nodes];
            int[] flags = new int[nodes];
            int[][] categories = new int[nodes][0];
            double[] threshold = new double[nodes];
            double[] value = new double[nodes];
            double[] cover = new double[nodes];
            java.util.Arrays.fill(left, -1);
            int made = 1;
            for (int node = 0; node < nodes; node++) {
                cover[node] = nodes - node;
                value[node] = random.nextDouble(-1, 1);
                // Nodes are split in order, so the children always come later.
                if (made < nodes && (random.nextBoolean() || node == made - 1)) {
                    left[node] = made++;
                    right[node] = made++;
                    feature[node] = random.nextInt(width);
                    flags[node] = random.nextInt(64);
                    threshold[node] = random.nextInt(-8, 9) / 4.0;
                    categories[node] = random.ints(random.nextInt(4), 0, 40).toArray();
                }
            }
            builder.addTree(feature, threshold, left, right, flags, categories, value, cover);
        }
        return builder;
    }

    /** Of the first category, and of it and the last. */
    private static List<CategoryStatistic> statistics(int last) {
        return List.of(
                CategoryStatistic.of(
                        new int[] {0},
                        new int[] {3},
                        new long[] {0, 1, 2, 3},
                        new float[] {0.1f, 0.2f, 0.3f, 0.4f},
                        0.25f),
                CategoryStatistic.of(
                        new int[] {0, last},
                        new int[] {3, 2},
                        new long[] {2, 4, 7},
                        new float[] {0.7f, 0.1f, 0.9f},
                        0.5f));
    }

    /** Random symmetric trees that ask all kinds of questions, also about statistics of one and two categories. */
    static SymmetricEnsemble symmetric(SplittableRandom random, int width, int outputs, Link link) {
        SymmetricEnsembleBuilder builder = new SymmetricEnsembleBuilder(width, reals(random, outputs), link);
        statistics(width - 1).forEach(builder::statistic);
        SymmetricEnsembleBuilder.Kind[] kinds = SymmetricEnsembleBuilder.Kind.values();
        for (int tree = 0; tree < 6; tree++) {
            List<SymmetricEnsembleBuilder.Question> questions = new java.util.ArrayList<>();
            for (int level = 0; level < tree; level++) {
                questions.add(new SymmetricEnsembleBuilder.Question(
                        random.nextInt(width + 2), random.nextInt(-4, 5) / 4f, kinds[random.nextInt(kinds.length)]));
            }
            builder.tree(questions, reals(random, outputs << tree));
        }
        return builder.build();
    }

    static double[] reals(SplittableRandom random, int count) {
        return random.doubles(count, -1, 1).toArray();
    }

    static float[] floats(SplittableRandom random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextInt(-8, 9) / 4f;
        }
        return values;
    }

    private static double[] simplex(SplittableRandom random, int outputs) {
        double[] values = random.doubles(outputs, 0.1, 0.9).toArray();
        if (outputs > 1) {
            Link.normalise(values, outputs);
        }
        return values;
    }
}
