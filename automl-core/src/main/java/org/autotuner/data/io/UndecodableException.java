package org.autotuner.data.io;

/** The bytes of a file are not of the encoding tried. */
final class UndecodableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UndecodableException(Throwable cause) {
        super(cause);
    }
}
