package org.autotuner.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.autotuner.budget.Budget;
import org.autotuner.budget.MutableClock;
import org.autotuner.space.Configuration;
import org.autotuner.study.EventDispatcher;
import org.autotuner.study.StudyEvent;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialOutcome;
import org.junit.jupiter.api.Test;

class ListenersTest {

    private static StudyEvent finished(int number) {
        return new StudyEvent.TrialFinished(Trial.running(number, Configuration.empty())
                .withOutcome(
                        number % 2 == 0
                                ? new TrialOutcome.Completed(0.25, 1)
                                : new TrialOutcome.Failed("made to fail", 1)));
    }

    private static String show(boolean isConsole) {
        StringBuilder out = new StringBuilder();
        MutableClock clock = new MutableClock();
        ProgressListener listener = ProgressListener.to(out, isConsole, clock);
        listener.on(new StudyEvent.StudyStarted(Budget.ofSeconds(40)));
        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofSeconds(1));
            listener.on(finished(i));
            if (i == 0) {
                listener.on(new StudyEvent.BestImproved(Trial.running(0, Configuration.empty()), 0.25));
            }
        }
        listener.on(new StudyEvent.Warning("rows occur twice"));
        listener.on(new StudyEvent.StudyFinished("20 trials"));
        return out.toString();
    }

    @Test
    void elsewhereThanOnAConsoleALineComesEveryFewSeconds() {
        List<String> lines = show(false).lines().toList();
        assertThat(lines).hasSize(1 + 4 + 3).doesNotContain("\r");
        assertThat(lines)
                .contains(
                        "[############............]  50% 20s left 20 trials (10 failed), best error 0.250000",
                        "Warning: rows occur twice")
                .endsWith("20 trials");
    }

    @Test
    void onAConsoleOneLineIsDrawnAgain() {
        String shown = show(true);
        assertThat(shown.lines().filter(line -> line.contains("trials")).count())
                .isGreaterThan(15);
        assertThat(shown.split(System.lineSeparator(), -1)).hasSize(4);
        assertThat(shown).contains("\r[");
    }

    @Test
    void aSlowListenerDelaysNobodyAndAThrowingOneIsHeardOnce() {
        CountDownLatch never = new CountDownLatch(1);
        List<StudyEvent> heard = Collections.synchronizedList(new ArrayList<>());
        int[] thrown = new int[1];
        long start = System.nanoTime();
        EventDispatcher slow = EventDispatcher.to(List.of(event -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        for (int i = 0; i < 10_000; i++) {
            slow.publish(finished(i));
        }
        assertThat(slow.dropped()).isBetween(5_000L, 6_000L);
        slow.close();
        try (EventDispatcher throwing = EventDispatcher.to(List.of(
                event -> {
                    thrown[0]++;
                    throw new IllegalStateException("made to fail");
                },
                heard::add))) {
            for (int i = 0; i < 5; i++) {
                throwing.publish(finished(i));
            }
        }
        assertThat(thrown[0]).isEqualTo(1);
        assertThat(heard).hasSize(5);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }
}
