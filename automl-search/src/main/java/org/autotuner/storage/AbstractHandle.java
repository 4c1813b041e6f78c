package org.autotuner.storage;

import java.util.List;

/** An open storage that writes many lines at once as durably as one. */
abstract class AbstractHandle implements StudyStorage.Handle {

    @Override
    public final long append(String json) {
        return write(List.of(Names.line(json)));
    }

    @Override
    public final void appendAll(List<String> json) {
        if (!json.isEmpty()) {
            json.forEach(Names::line);
            write(json);
        }
    }

    /** Appends lines that were checked, at least one, all or none of them; returns the position of the first. */
    abstract long write(List<String> lines);
}
