package org.autotuner;

/** Words for what an objective threw. */
final class Causes {

    private Causes() {}

    /** Kind, message and place of an exception, in one line. */
    static String of(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        String place = trace.length == 0 ? "" : " at " + trace[0];
        return thrown + place;
    }
}
