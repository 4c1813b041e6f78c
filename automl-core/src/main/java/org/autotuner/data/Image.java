package org.autotuner.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.autotuner.error.DataException;

/**
 * A decoded image: height x width x channels numbers of 8 bits, row by row, the channels of a pixel side by side; one channel
 * (grey) or three (red, green, blue). Immutable and thread-safe; equal images have equal pixels.
 *
 * <p>Files are decoded by the JDK (PNG, JPEG, GIF, BMP and what else it knows). Whatever their colour model, grey stays grey
 * and all else becomes red, green and blue; 16 bits are rounded to 8; transparent parts lie on white; colour profiles and the
 * orientation that a camera noted are ignored; the first frame of an animation counts.
 */
public final class Image {

    /** Longest side that a decoded image keeps unless asked otherwise; larger ones are averaged down. */
    public static final int USUAL_SIDE = 128;

    private final int width;
    private final int height;
    private final int channels;
    private final byte[] pixels;

    private Image(int width, int height, int channels, byte[] pixels) {
        this.width = width;
        this.height = height;
        this.channels = channels;
        this.pixels = pixels;
    }

    /**
     * An image of these pixels.
     *
     * @param channels 1 or 3
     * @param pixels height x width x channels, each 0 to 255 as an unsigned byte; copied
     * @throws IllegalArgumentException if the numbers do not fit
     */
    public static Image of(int width, int height, int channels, byte[] pixels) {
        if (width < 1 || height < 1 || (channels != 1 && channels != 3)) {
            throw new IllegalArgumentException(
                    "An image of %d x %d pixels and %d channels cannot be. Give at least 1 x 1, and 1 or 3 channels."
                            .formatted(width, height, channels));
        }
        if (pixels.length != (long) width * height * channels) {
            throw new IllegalArgumentException("%d bytes are not %d x %d pixels of %d channels."
                    .formatted(pixels.length, width, height, channels));
        }
        return new Image(width, height, channels, pixels.clone());
    }

    /** Takes the array without copying it. */
    static Image adopt(int width, int height, int channels, byte[] pixels) {
        return new Image(width, height, channels, pixels);
    }

    /** The pixels of an image of the JDK. */
    public static Image of(BufferedImage image) {
        return ImageDecoder.image(image);
    }

    /**
     * Decodes the bytes of an image file.
     *
     * @throws DataException if they are no image, with the reason
     */
    public static Image decode(byte[] file) {
        try {
            return ImageDecoder.decode(file, 2 * USUAL_SIDE);
        } catch (UnreadableImageException e) {
            throw new DataException("The image cannot be read: %s.".formatted(e.getMessage()), e);
        }
    }

    /**
     * Reads an image file.
     *
     * @throws DataException if it cannot be read or is no image
     */
    public static Image read(Path file) {
        try {
            return decode(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new DataException("The image file '%s' cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** 1 for grey, 3 for red, green and blue. */
    public int channels() {
        return channels;
    }

    /** A pixel's number, 0 to 255; x from the left, y from the top. */
    public int at(int x, int y, int channel) {
        return pixels[(y * width + x) * channels + channel] & 0xff;
    }

    /** Mean over all pixels and channels, 0 to 255. */
    public double brightness() {
        long sum = 0;
        for (byte pixel : pixels) {
            sum += pixel & 0xff;
        }
        return (double) sum / pixels.length;
    }

    /** This image with its longest side at most so long, averaged down in proportion. */
    public Image atMost(int side) {
        int longest = Math.max(width, height);
        if (longest <= side) {
            return this;
        }
        int newWidth = Math.max(1, (int) Math.round((double) width * side / longest));
        int newHeight = Math.max(1, (int) Math.round((double) height * side / longest));
        float[] planes = new float[newWidth * newHeight * channels];
        planes(newWidth, newHeight, channels, planes, 0);
        byte[] scaled = new byte[planes.length];
        int size = newWidth * newHeight;
        for (int i = 0; i < size; i++) {
            for (int channel = 0; channel < channels; channel++) {
                scaled[i * channels + channel] = (byte) Math.round(255 * planes[channel * size + i]);
            }
        }
        return new Image(newWidth, newHeight, channels, scaled);
    }

    /**
     * Writes the image at another size as numbers from 0 to 1, channel by channel, each row by row. Stretched where the
     * proportions differ; averaged where it shrinks, linear between pixels where it grows, exact where the size stays. Grey
     * becomes three equal channels, colour becomes its luma (ITU-R BT.601).
     *
     * @param out from {@code offset} on at least wide x high x wanted
     */
    public void planes(int wide, int high, int wanted, float[] out, int offset) {
        ImageScaler.planes(this, wide, high, wanted, out, offset);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Image image
                && width == image.width
                && height == image.height
                && channels == image.channels
                && Arrays.equals(pixels, image.pixels);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + channels) + Arrays.hashCode(pixels);
    }

    /** Size and a hash of the pixels. */
    @Override
    public String toString() {
        return "image-%dx%dx%d-%08x".formatted(width, height, channels, hashCode());
    }
}
