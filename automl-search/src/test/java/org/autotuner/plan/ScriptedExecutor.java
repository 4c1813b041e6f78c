package org.autotuner.plan;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.autotuner.execute.FoldOutcome;
import org.autotuner.execute.FoldTask;
import org.autotuner.execute.TrialExecutor;

/** Runs tasks when it is polled, the first or the last submitted one first. */
final class ScriptedExecutor implements TrialExecutor {

    private final int workers;
    private final boolean lastFirst;
    private final Function<FoldTask, FoldOutcome> script;
    private final Deque<FoldTask> waiting = new ArrayDeque<>();
    private final List<FoldTask> submitted = new ArrayList<>();

    ScriptedExecutor(int workers, boolean lastFirst, Function<FoldTask, FoldOutcome> script) {
        this.workers = workers;
        this.lastFirst = lastFirst;
        this.script = script;
    }

    List<FoldTask> submitted() {
        return submitted;
    }

    @Override
    public int workers() {
        return workers;
    }

    @Override
    public void submit(FoldTask task) {
        if (waiting.size() == workers) {
            throw new IllegalStateException("more tasks than workers");
        }
        waiting.add(task);
        submitted.add(task);
    }

    @Override
    public Optional<FoldOutcome> poll(Duration timeout) {
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(script.apply(lastFirst ? waiting.removeLast() : waiting.removeFirst()));
    }

    @Override
    public void close() {
        waiting.clear();
    }
}
