package org.autotuner.prepare;

/**
 * Dense features that are the pixels of an image: channel by channel, each row by row, numbers from 0 to 1.
 *
 * @param from position of the first one
 */
public record ImageBlock(int from, int width, int height, int channels) {

    /** Number of features. */
    public int size() {
        return width * height * channels;
    }
}
