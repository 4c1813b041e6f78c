package org.autotuner.examples.bench;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.autotuner.storage.StudyStorage;
import org.autotuner.study.StudyLog;
import org.autotuner.study.Trial;

/** Reads a shared study's log as it grows, and counts what its processes did to one another. */
final class SharedLog {

    private final StudyLog log;
    private long lines;
    private int started;
    private int taken;
    private int ended;

    SharedLog(StudyLog log) {
        this.log = log;
    }

    void read(StudyStorage.Handle handle) {
        for (StudyStorage.Entry entry : handle.readFrom(lines)) {
            JsonObject line = JsonParser.parseString(entry.json()).getAsJsonObject();
            String kind = line.get("kind").getAsString();
            started += kind.equals("trial_started") ? 1 : 0;
            ended += kind.equals("trial_finished") ? 1 : 0;
            log.applyJson(entry.position(), entry.json());
            if (kind.equals("trial_started") && line.get("attempt").getAsInt() > 0 && isAccepted(line)) {
                taken++;
            }
            lines = entry.position() + 1;
        }
    }

    private boolean isAccepted(JsonObject line) {
        var claim = log.runningTrials().get(line.get("number").getAsInt());
        return claim != null && claim.worker().equals(line.get("worker").getAsString());
    }

    List<Trial> trials() {
        return log.history().trials();
    }

    boolean isRunning(int trial) {
        return log.runningTrials().containsKey(trial);
    }

    /** Number of trials that have an outcome. */
    int finished() {
        return log.size() - log.runningTrials().size();
    }

    /** Number of outcomes that came after another one of the same trial. */
    int finishedTwice() {
        return ended - finished();
    }

    /** Number of trials that were taken from a process that died. */
    int taken() {
        return taken;
    }

    /** Number of claims that came too late. */
    int lostClaims() {
        return started - log.size() - taken;
    }

    long lines() {
        return lines;
    }
}
