package org.autotuner.listen;

import java.util.Locale;
import org.autotuner.study.StudyEvent;
import org.autotuner.study.StudyListener;
import org.autotuner.study.TrialOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a study's events to SLF4J: warnings as such, trials and folds at debug, the rest at info. Thread-safe. */
public final class LoggingListener implements StudyListener {

    private final Logger log;

    /** Logs under the name of this class. */
    public LoggingListener() {
        this(LoggerFactory.getLogger(LoggingListener.class));
    }

    public LoggingListener(Logger log) {
        this.log = log;
    }

    @Override
    public void on(StudyEvent event) {
        if (event instanceof StudyEvent.Warning warning) {
            log.warn("{}", warning.message());
        } else if (event instanceof StudyEvent.StudyStarted started) {
            log.info("The study begins: {}", BudgetText.of(started.budget()));
        } else if (event instanceof StudyEvent.PhaseChanged changed) {
            log.info("Phase: {}", changed.phase());
        } else if (event instanceof StudyEvent.FamilySkipped skipped) {
            log.info("{} is skipped: {}", skipped.family(), skipped.reason());
        } else if (event instanceof StudyEvent.TrialStarted started) {
            log.debug(
                    "Trial {} begins: {}",
                    started.trial().number(),
                    started.trial().configuration());
        } else if (event instanceof StudyEvent.FoldFinished fold) {
            log.debug(
                    "Trial {}, fold {}: error {} after {} s",
                    fold.trial(),
                    fold.fold(),
                    fold.error(),
                    String.format(Locale.ROOT, "%.3f", fold.seconds()));
        } else if (event instanceof StudyEvent.TrialFinished finished) {
            TrialOutcome outcome = finished.trial().outcome();
            log.debug("Trial {} ended: {}", finished.trial().number(), outcome);
        } else if (event instanceof StudyEvent.BestImproved best) {
            log.info("Best so far is trial {}, error {}", best.trial().number(), best.error());
        } else if (event instanceof StudyEvent.StudyFinished finished) {
            log.info("The study has ended: {}", finished.summary());
        }
    }
}
