package org.autotuner.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.autotuner.error.DataException;
import org.jspecify.annotations.Nullable;

/** Images that an application hands in: decoded ones, the bytes of files, or paths of files. */
final class ImageCells {

    private ImageCells() {}

    /** Whether a value can only be an image. */
    static boolean isImage(Object value) {
        return value instanceof Image
                || value instanceof byte[]
                || value instanceof BufferedImage
                || value instanceof Path;
    }

    /**
     * The image of a value; null is missing. A text is no path here: a service would read whatever file a client names.
     *
     * @throws DataException naming column and row if it is no image, or none that can be read
     */
    static @Nullable Image image(@Nullable Object value, String column, long row) {
        if (value == null || (value instanceof Double number && number.isNaN())) {
            return null;
        }
        try {
            if (value instanceof Image image) {
                return image;
            }
            if (value instanceof byte[] file) {
                return ImageDecoder.decode(file, 2 * Image.USUAL_SIDE);
            }
            if (value instanceof BufferedImage image) {
                return Image.of(image);
            }
            if (value instanceof Path file) {
                return file(file, 2 * Image.USUAL_SIDE);
            }
        } catch (UnreadableImageException e) {
            throw new DataException(
                    "Column '%s', row %d: the image cannot be read: %s. Give the bytes of a PNG or JPEG file, or null."
                            .formatted(column, row, e.getMessage()),
                    e);
        }
        throw new DataException(
                "Column '%s', row %d: a %s is no image. Give an Image, a BufferedImage, the bytes of a file, a Path or null."
                        .formatted(column, row, value.getClass().getSimpleName()));
    }

    static Image file(Path file, int side) throws UnreadableImageException {
        try {
            return ImageDecoder.decode(Files.readAllBytes(file), side);
        } catch (IOException e) {
            String reason = Files.exists(file) ? String.valueOf(e.getMessage()) : "there is no such file";
            throw new UnreadableImageException(reason, e);
        }
    }
}
