package org.autotuner.models.image;

/** Size of the planes of an image: channel by channel, each row by row, numbers from 0 to 1. */
record Frame(int channels, int height, int width) {

    int plane() {
        return height * width;
    }

    int size() {
        return channels * height * width;
    }
}
