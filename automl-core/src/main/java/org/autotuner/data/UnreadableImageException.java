package org.autotuner.data;

/** Bytes that are no image that can be read; the message is the reason, to be put into a sentence. */
final class UnreadableImageException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableImageException(String reason) {
        super(reason);
    }

    UnreadableImageException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
