package org.autotuner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.autotuner.budget.Budget;
import org.autotuner.optimize.RandomOptimizer;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.storage.InMemoryStorage;
import org.autotuner.storage.JournalStorage;
import org.autotuner.storage.StudyStorage;
import org.autotuner.study.RunningTrial;
import org.autotuner.study.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations that wait to be tried, and what users note with trials. */
class EnqueueTest {

    private static final RealParameter X = Parameter.reals("x", 0, 1);
    private static final SearchSpace SPACE = SearchSpace.of(X);
    private static final Configuration HALF = SPACE.defaults().with(X, 0.7);
    private static final Configuration THIRD = SPACE.defaults().with(X, 0.3);

    @TempDir
    private Path folder;

    private static ObjectiveSearch search(StudyStorage storage) {
        return ObjectiveSearch.minimize(SPACE)
                .optimizer(new RandomOptimizer())
                .storage(storage)
                .budget(Budget.ofTrials(8));
    }

    private static Configuration next(Study study) {
        RunningTrial trial = study.ask().orElseThrow();
        study.tell(trial, trial.get(X));
        return trial.configuration();
    }

    @Test
    void enqueuedConfigurationsComeNextInTheirOrderAndThenTheStartingPoints() {
        try (Study study = search(new InMemoryStorage()).open()) {
            study.enqueue(HALF);
            study.enqueue(THIRD);
            assertThat(next(study)).isEqualTo(HALF);
            assertThat(next(study)).isEqualTo(THIRD);
            assertThat(next(study)).isEqualTo(SPACE.defaults());
            study.enqueue(HALF);
            assertThat(next(study)).as("once more").isEqualTo(HALF);
            assertThat(next(study)).isNotIn(HALF, THIRD, SPACE.defaults());
        }
    }

    @Test
    void theDefaultsAreNotTriedTwiceIfTheyWereEnqueued() {
        try (Study study = search(new InMemoryStorage()).open()) {
            study.enqueue(SPACE.defaults());
            assertThat(next(study)).isEqualTo(SPACE.defaults());
            assertThat(next(study)).isNotEqualTo(SPACE.defaults());
        }
    }

    @Test
    void theyWaitInTheStorageForTheNextRun() {
        StudyStorage storage = JournalStorage.at(folder.resolve("one"));
        List<Configuration> whole;
        try (Study study = search(new InMemoryStorage()).open()) {
            study.enqueue(HALF);
            study.enqueue(THIRD);
            whole = Stream.generate(() -> next(study)).limit(6).toList();
        }
        try (Study study = search(storage).open()) {
            study.enqueue(HALF);
            study.enqueue(THIRD);
            assertThat(next(study)).isEqualTo(HALF);
        }
        try (Study study = search(storage).open()) {
            RunningTrial left = study.ask().orElseThrow(); // and the process dies
            assertThat(left.configuration()).isEqualTo(THIRD);
        }
        StudyResult rest = search(storage).run(trial -> trial.get(X));
        assertThat(rest.trials().stream().map(Trial::configuration).limit(6)).isEqualTo(whole);
    }

    @Test
    void inASharedStudyAnyProcessHandsThemOutOnce() {
        StudyStorage storage = JournalStorage.shared(folder.resolve("two"));
        try (Study one = search(storage).open();
                Study two = search(storage).open()) {
            one.enqueue(HALF);
            two.enqueue(THIRD);
            assertThat(next(two)).isEqualTo(HALF);
            assertThat(next(one)).isEqualTo(THIRD);
            assertThat(next(two)).isEqualTo(SPACE.defaults());
        }
    }

    @Test
    void aConfigurationOutsideTheSpaceIsRefused() {
        SearchSpace small = SPACE.where("x is small", c -> c.get(X) < 0.6);
        try (Study study = ObjectiveSearch.minimize(small).open()) {
            assertThatThrownBy(() -> study.enqueue(HALF))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("x is small");
            assertThatThrownBy(() -> study.enqueue(Configuration.empty())).hasMessageContaining("space");
        }
    }

    @Test
    void attributesAreKeptHoweverATrialEnds() {
        StudyStorage storage = JournalStorage.at(folder.resolve("three"));
        try (Study study = search(storage).open()) {
            for (int i = 0; i < 4; i++) {
                RunningTrial trial = study.ask().orElseThrow();
                trial.setAttribute("host", "number " + i);
                if (i == 0) {
                    study.tell(trial, 1);
                } else if (i == 1) {
                    study.tell(trial.number(), 2);
                } else if (i == 2) {
                    study.fail(trial, "no memory");
                } else {
                    trial.report(1, 5);
                    study.prune(trial);
                }
            }
        }
        try (Study study = search(storage).open()) {
            assertThat(study.history().trials()).hasSize(4).allSatisfy(trial -> assertThat(trial.attributes())
                    .containsEntry("host", "number " + trial.number()));
        }
    }
}
