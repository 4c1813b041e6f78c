package org.autotuner.prepare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses the pairs of columns whose combined levels tell most beyond the better of the two; see {@link LevelGain}.
 * Bounded: the best {@value #SOURCES} columns are combined, {@value #PAIRS} pairs are kept, none with more than
 * {@value #COMBINATIONS} combinations.
 */
final class PairChooser {

    static final int SOURCES = 16;
    static final int PAIRS = 30;
    static final int COMBINATIONS = 200_000;

    private PairChooser() {}

    /** A column with its levels on the judged rows. */
    private static final class Candidate {
        private final LevelSource source;
        private final int[] levels;
        private final double gain;

        Candidate(LevelSource source, int[] levels, double gain) {
            this.source = source;
            this.levels = levels;
            this.gain = gain;
        }
    }

    private record Scored(LevelSource first, LevelSource second, double gain) {}

    /** The chosen pairs with all combinations of the training rows, best first. */
    static List<PairSource> choose(FitInput input, List<LevelSource> sources, LevelGain gain) {
        List<Candidate> candidates = new ArrayList<>();
        for (LevelSource source : sources) {
            input.deadline().check();
            int[] levels = at(source, input, gain.rows());
            candidates.add(new Candidate(source, levels, gain.of(levels, source.size())));
        }
        List<Candidate> best = candidates.stream()
                .sorted(Comparator.comparingDouble(candidate -> -candidate.gain))
                .limit(SOURCES)
                .toList();
        List<Scored> scored = new ArrayList<>();
        for (int i = 0; i < best.size(); i++) {
            for (int j = i + 1; j < best.size(); j++) {
                input.deadline().check();
                Candidate a = best.get(i);
                Candidate b = best.get(j);
                if (a.source.column() == b.source.column()) {
                    continue;
                }
                int[] levels = new int[gain.rows().length];
                LongIndex index = new LongIndex(1024);
                for (int row = 0; row < levels.length; row++) {
                    levels[row] = index.add((long) a.levels[row] * b.source.size() + b.levels[row]);
                }
                double more = gain.of(levels, index.size()) - Math.max(0, Math.max(a.gain, b.gain));
                if (more > 0) {
                    scored.add(new Scored(a.source, b.source, more));
                }
            }
        }
        scored.sort(Comparator.comparingDouble(pair -> -pair.gain()));
        List<PairSource> chosen = new ArrayList<>();
        for (Scored pair : scored) {
            input.deadline().check();
            PairSource source = new PairSource(pair.first(), pair.second(), new LongIndex(1024));
            if (chosen.size() < PAIRS
                    && source.collect(
                            pair.first().levels(input.table()), pair.second().levels(input.table()), COMBINATIONS)) {
                chosen.add(source);
            }
        }
        return chosen;
    }

    static int[] at(LevelSource source, FitInput input, int[] rows) {
        int[] levels = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            levels[i] = source.level(input.table().column(source.column()), rows[i]);
        }
        return levels;
    }
}
