package org.autotuner.examples.bench;

import java.util.Arrays;
import java.util.List;

/** The bench tool: a command and its options; results on standard output, one JSON object per line. */
public final class Bench {

    private static final String HELP =
            """
            bench tabular --data DIR --dataset NAME[,NAME...] [--budget-seconds 60] [--threads 2] [--seed 1]
                          [--families A,B] [--trials N] [--save DIR] [--predictions DIR] [--without natives,torch,transformer]
                fits DIR/NAME/train.csv in one fresh JVM per data set and scores test.csv
            bench predict --model FILE --rows CSV [--threads 2]
                latency of one row and throughput of a saved model
            bench booster --data DIR --dataset NAME [--trees 300]
                latency of one row of a single LightGBM of so many trees, fitted on all rows
            bench boost [--data DIR] [--dataset adult,diamonds,made] [--threads 1] [--rounds 100] [--repeats 5]
                [--combinations N]
                training time of our boosters against LightGBM's; made is a table made on the spot
            bench limits [--data DIR] [--dataset adult,diamonds,made] [--threads 1] [--rounds 100] [--repeats 40]
                how long our boosters run beyond a deadline, and the heap they predict and take
            bench compare OURS.jsonl PEER.jsonl|PEER.md [--column NAME] [--data DIR] [--predictions OURS,PEER]
                error ratios of two result files; of a Markdown table the named column is the peer's value
            bench budget --data DIR [--dataset NAME,...] [--budget-seconds 1,5,30] [--made-rows N]
                whether fit returns by the limit and with a model better than the prior
            bench memory --data DIR --dataset NAME [--trials 300] [--budget-seconds S]
                         | --memory-megabytes 512 [--budget-seconds 30]
                resident memory after 100 trials and at the end, or growth during one fit
            bench resume --data DIR --dataset NAME [--trials 20]
                kills a journalled run, resumes it and compares with an uninterrupted one
            bench shared [--processes 4] [--trials 400] [--storage journal|JDBC-ADDRESS] [--millis 20] [--kills 1]
                processes that run one study, some of which are killed: lost, repeated and equal trials
            bench scope --data DIR --dataset NAME [--left-out 10] [--budget-seconds 60] [--threads 2] [--families A,B]
                how well confidence tells rows of classes that training had not from others
            bench rank --data DIR --dataset NAME [--time timestamp] [--share 0.2] [--list 10] [--budget-seconds 60]
                lists of items for users against the most popular ones, on the last share of what each user had
            bench twins --data DIR --dataset NAME [--times 10]
                two JVMs that start and train at the same moment
            bench search --objectives DIR --optimizer NAME [--trials 200] [--seeds 0-19] [--only NAME,...]
                         [--parallel 1] [--threads 2] [--failing]
                regret of an optimizer on the test objectives of DIR/objectives.json after 50, 100 and 200 trials;
                with --failing three trials of ten fail and one is NaN
            bench search --recommend --objectives DIR --optimizer NAME [--trials 200] [--seeds 0-19] [--only NAME,...]
                on the noisy ones of them: how often the recommended configuration is truly better than the observed best
            bench search --overhead --optimizer NAME [--trials 1000]
                CPU per proposal over the last tenth of the trials
            bench search --check --objectives DIR [--only NAME,...]
                whether the objectives have the values that their file tells
            bench prune --data DIR --dataset NAME [--pruner racing] [--deviations 1] [--optimizer auto]
                        [--trials 20] [--seeds 0-2] [--folds 5] [--threads 2]
                        [--rate 0.2] [--leaves 256] [--rounds 10000] [--encoding codes]
                CPU of a pruned study of LightGBM until it is as good as the unpruned one was at its end
            bench train [--data DIR] [--dataset letter] [--peer djl-trainer|serial|torch] [--python python3] [--runs 5]
                steps per second of the training loop against DJL's Trainer, networks together against one after the
                other, and, where the interpreter has it, against Python's torch
            bench train --trainings 500
                resident memory after a fifth of so many trainings in one process and after all of them
            bench train --dump DIR
                writes the generated scripts and their arguments, for gpu_check.py to run on a GPU
            bench augment --data DIR --dataset NAME [--family cnn] [--epochs 40] [--policies none,trivial] [--mix none]
                          [--flip no] [--folds 5] [--seed 1]
                accuracy of one network of images under each policy of augmentation, out of fold on all rows
            bench cache --data DIR --dataset NAME[,NAME...] --cache DIR [--budget-seconds 60] [--threads 2] [--seed 1]
                keeps what all trials of a fit predict, out of fold and for the test rows
            bench replay --data DIR --cache DIR [--budget-seconds 60]
                what cached fits lose when one ingredient is taken away, with intervals over data sets
            bench large [--rows 1000000] [--columns 50] [--sample 100000] [--budget-seconds 300] [--threads 2] [--seed 1]
                many made rows within time and memory, against one LightGBM with its defaults on a sample of them
            bench conformal --data DIR --dataset NAME[,NAME...] [--coverage 0.9] [--budget-seconds 60] [--threads 2]
                how often test rows lie in the intervals, or have one of the labels, that a model promises
            bench honest [--splits 20] [--budget-seconds 5] [--threads 2]
                how often the interval of a fit's score holds the score on 20,000 fresh rows, over ten made problems
            bench jmh [JMH's own options]
                micro benchmarks

            Environment: BENCH_HEAP (4g), BENCH_COLLECTOR (-XX:+UseSerialGC), BENCH_LOG (warn), BENCH_JAVA_OPTIONS, BENCH_MAVEN_OPTIONS (such as -o).
            """;

    private Bench() {}

    /** Runs one command; exit status 1 for a failure, 2 for a mistake in the arguments. */
    public static void main(String[] arguments) {
        int status = 0;
        try {
            run(List.of(arguments));
        } catch (Options.UsageException e) {
            System.err.println(e.getMessage());
            status = 2;
        } catch (Exception e) {
            e.printStackTrace();
            status = 1;
        }
        System.out.flush();
        // Not by returning: a listener's or a native's thread must not keep a measurement alive.
        System.exit(status);
    }

    private static void run(List<String> arguments) throws Exception {
        String command = arguments.isEmpty() ? "help" : arguments.get(0);
        List<String> rest = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
        switch (command) {
            case "tabular" -> TabularBench.run(rest);
            case "predict" -> PredictBench.run(rest);
            case "booster" -> BoosterBench.run(rest);
            case "boost" -> BoostBench.run(rest);
            case "limits" -> BoostLimits.run(rest);
            case "compare" -> CompareBench.run(rest);
            case "budget" -> BudgetBench.run(rest);
            case "memory" -> MemoryBench.run(rest);
            case "resume" -> ResumeBench.run(rest);
            case "shared" -> SharedBench.run(rest);
            case "shared-worker" -> SharedBench.work(rest);
            case "scope" -> ScopeBench.run(rest);
            case "rank" -> RankBench.run(rest);
            case "twins" -> TwinsBench.run(rest);
            case "search" -> SearchBench.run(rest);
            case "prune" -> PruneBench.run(rest);
            case "train" -> TrainBench.run(rest);
            case "augment" -> AugmentBench.run(rest);
            case "cache" -> CacheBench.run(rest);
            case "replay" -> ReplayBench.run(rest);
            case "large" -> LargeBench.run(rest);
            case "conformal" -> ConformalBench.run(rest);
            case "honest" -> HonestBench.run(rest);
            case "help" -> System.err.print(HELP);
            default -> throw new Options.UsageException("Unknown command '%s' of %s.%n%n%s"
                    .formatted(
                            command,
                            Arrays.asList(
                                    "tabular", "predict", "booster", "boost", "limits", "compare", "budget", "memory",
                                    "resume", "shared", "scope", "rank", "twins", "search", "prune", "train", "augment",
                                    "large"),
                            HELP));
        }
    }
}
