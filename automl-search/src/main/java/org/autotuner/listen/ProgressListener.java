package org.autotuner.listen;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.autotuner.budget.Budget;
import org.autotuner.budget.Ticker;
import org.autotuner.study.StudyEvent;
import org.autotuner.study.StudyListener;
import org.autotuner.study.TrialOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Shows how a study goes: a bar with the time or trials left, the finished trials and the best error. On a console it is
 * one line that is drawn again, elsewhere (files, continuous integration) a new line every few seconds; warnings and
 * skipped families get lines of their own. One listener per study; called by one thread.
 */
public final class ProgressListener implements StudyListener {

    private static final int BAR = 24;
    private static final long CONSOLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Appendable out;
    private final boolean isConsole;
    private final Ticker ticker;
    private @Nullable Budget budget;
    private long start;
    private long shown;
    private boolean isShown;
    private int trials;
    private int failed;
    private double best = Double.NaN;
    private String phase = "";
    private int width;

    private ProgressListener(Appendable out, boolean isConsole, Ticker ticker) {
        this.out = out;
        this.isConsole = isConsole;
        this.ticker = ticker;
    }

    /** Writes to a stream, such as {@code System.err}; one line drawn again if the process has a console. */
    public static ProgressListener to(PrintStream stream) {
        return new ProgressListener(stream, hasConsole(), Ticker.system());
    }

    /** From Java 22 on there always is a console object, which tells nothing: lines then. */
    @SuppressWarnings("SystemConsoleNull") // asked up to Java 21 only
    private static boolean hasConsole() {
        return Runtime.version().feature() < 22 && System.console() != null;
    }

    /** Writes a line every few seconds to a file, a buffer or the like. */
    public static ProgressListener to(Appendable out) {
        return new ProgressListener(out, false, Ticker.system());
    }

    /** For tests and for callers that know better whether the output is a console. */
    public static ProgressListener to(Appendable out, boolean isConsole, Ticker ticker) {
        return new ProgressListener(out, isConsole, ticker);
    }

    @Override
    public void on(StudyEvent event) {
        try {
            handle(event);
        } catch (IOException e) {
            throw new UncheckedIOException("The progress of the study cannot be written.", e);
        }
    }

    private void handle(StudyEvent event) throws IOException {
        if (event instanceof StudyEvent.StudyStarted started) {
            budget = started.budget();
            start = ticker.nanos();
        } else if (event instanceof StudyEvent.PhaseChanged changed) {
            phase = changed.phase();
        } else if (event instanceof StudyEvent.TrialFinished finished) {
            trials++;
            failed += finished.trial().outcome() instanceof TrialOutcome.Failed ? 1 : 0;
        } else if (event instanceof StudyEvent.BestImproved improved) {
            best = improved.error();
        } else if (event instanceof StudyEvent.FamilySkipped skipped) {
            line("%s is skipped: %s".formatted(skipped.family(), skipped.reason()));
        } else if (event instanceof StudyEvent.Warning warning) {
            line("Warning: " + warning.message());
        } else if (event instanceof StudyEvent.StudyFinished finished) {
            line(status());
            line(finished.summary());
            return;
        }
        long now = ticker.nanos();
        if (!isShown || now - shown >= (isConsole ? CONSOLE_NANOS : LINE_NANOS)) {
            isShown = true;
            shown = now;
            draw();
        }
    }

    private void draw() throws IOException {
        if (!isConsole) {
            line(status());
            return;
        }
        String text = status();
        out.append('\r').append(text).append(" ".repeat(Math.max(0, width - text.length())));
        width = text.length();
        flush();
    }

    private void line(String text) throws IOException {
        if (isConsole && width > 0) {
            out.append('\r').append(" ".repeat(width)).append('\r');
            width = 0;
        }
        out.append(text).append(System.lineSeparator());
        flush();
    }

    private void flush() {
        if (out instanceof PrintStream stream) {
            stream.flush();
        }
    }

    private String status() {
        double seconds = (ticker.nanos() - start) * 1e-9;
        Budget granted = budget;
        double limit = granted == null
                ? Double.NaN
                : granted.time().map(time -> time.toNanos() * 1e-9).orElse(Double.NaN);
        double ofTrials = granted != null && granted.trials().isPresent()
                ? trials / (double) granted.trials().getAsInt()
                : 0;
        double ofTime = Double.isNaN(limit) ? 0 : seconds / limit;
        double share = Math.min(1, Math.max(ofTrials, ofTime));
        int full = (int) Math.floor(share * BAR);
        String left = share > 0 ? BudgetText.seconds(seconds * (1 - share) / share) + " left " : "";
        return String.format(
                Locale.ROOT,
                "[%s%s] %3.0f%% %s%d trials%s, best error %s%s",
                "#".repeat(full),
                ".".repeat(BAR - full),
                100 * share,
                left,
                trials,
                failed > 0 ? " (%d failed)".formatted(failed) : "",
                Double.isNaN(best) ? "-" : String.format(Locale.ROOT, "%.6g", best),
                phase.isEmpty() ? "" : " (" + phase + ")");
    }
}
