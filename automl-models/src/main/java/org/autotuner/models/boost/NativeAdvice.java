package org.autotuner.models.boost;

/** What to install where a native library does not load. */
final class NativeAdvice {

    private NativeAdvice() {}

    /** One sentence with the package to add. */
    static String forMissingLibrary(String library, String cause) {
        if (cause.contains("libgomp")) {
            return library + " needs the OpenMP library: install the package libgomp1 (Debian, Ubuntu) or libgomp"
                    + " (Fedora, RHEL, Alpine).";
        }
        if (cause.contains("libomp")) {
            return library + " needs the OpenMP library: run 'brew install libomp'.";
        }
        return library + " does not load on this machine: " + cause;
    }
}
