package org.autotuner.data;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes files by the JDK's readers. Nothing is written to temporary files, and what is too large is refused unread. */
final class ImageDecoder {

    /** Beyond it an image is more likely an attack than a picture. */
    private static final long MOST_PIXELS = 1L << 27;

    private static final int WHITE = 255;

    private ImageDecoder() {}

    /**
     * The image of a file's bytes.
     *
     * @param side longest side to keep
     */
    static Image decode(byte[] file, int side) throws UnreadableImageException {
        if (file.length == 0) {
            throw new UnreadableImageException("it is empty");
        }
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new UnreadableImageException("its first bytes are those of no format that the JDK reads");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return read(reader, side).atMost(side);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // damaged files make the JDK's readers throw nearly everything
            throw new UnreadableImageException("it is damaged (%s)".formatted(e.getMessage()), e);
        }
    }

    private static Image read(ImageReader reader, int side) throws IOException, UnreadableImageException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > MOST_PIXELS) {
            throw new UnreadableImageException("%d x %d pixels are more than %d".formatted(width, height, MOST_PIXELS));
        }
        ImageReadParam parameters = reader.getDefaultReadParam();
        int step = Math.max(1, Math.max(width, height) / (4 * side));
        parameters.setSourceSubsampling(step, step, 0, 0);
        if (!reader.getImageTypes(0).hasNext() || isFourInks(reader)) {
            return inks(reader.readRaster(0, parameters));
        }
        return image(reader.read(0, parameters));
    }

    /** JPEG files of four inks have a raster, but no type that the JDK turns into colours. */
    private static boolean isFourInks(ImageReader reader) throws IOException {
        return reader.canReadRaster()
                && reader.getRawImageType(0) == null
                && "JPEG".equalsIgnoreCase(reader.getFormatName());
    }

    static Image image(BufferedImage read) {
        int width = read.getWidth();
        int height = read.getHeight();
        Raster raster = read.getRaster();
        boolean isPlain = !(read.getColorModel() instanceof IndexColorModel)
                && raster.getNumBands() <= 4
                && read.getColorModel().getNumComponents() == raster.getNumBands();
        byte[] colours = new byte[width * height * 3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = (y * width + x) * 3;
                if (isPlain) {
                    samples(raster, x + raster.getMinX(), y + raster.getMinY(), colours, at);
                } else {
                    packed(read.getRGB(x, y), colours, at);
                }
            }
        }
        return isGrey(colours) ? grey(width, height, colours) : Image.adopt(width, height, 3, colours);
    }

    /** The samples themselves: the JDK's own conversion makes grey lighter, since it takes it for linear. */
    private static void samples(Raster raster, int x, int y, byte[] out, int at) {
        int bands = raster.getNumBands();
        boolean isGrey = bands < 3;
        double opacity = bands == 2 || bands == 4 ? sample(raster, x, y, bands - 1) / 255.0 : 1;
        for (int channel = 0; channel < 3; channel++) {
            double value = sample(raster, x, y, isGrey ? 0 : channel);
            out[at + channel] = (byte) Math.round(value * opacity + WHITE * (1 - opacity));
        }
    }

    /** A sample in 8 bits, unrounded. */
    private static double sample(Raster raster, int x, int y, int band) {
        SampleModel model = raster.getSampleModel();
        return 255.0 * raster.getSample(x, y, band) / ((1L << model.getSampleSize(band)) - 1);
    }

    private static void packed(int pixel, byte[] out, int at) {
        int opacity = pixel >>> 24;
        for (int channel = 0; channel < 3; channel++) {
            int value = pixel >> (16 - 8 * channel) & 0xff;
            out[at + channel] = (byte) Math.round((value * opacity + WHITE * (255 - opacity)) / 255.0);
        }
    }

    /** Four inks as Adobe's programs write them, inverted: a colour is its ink times black. */
    private static Image inks(Raster raster) throws UnreadableImageException {
        if (raster.getNumBands() != 4) {
            throw new UnreadableImageException("its %d channels have no known colours".formatted(raster.getNumBands()));
        }
        int width = raster.getWidth();
        int height = raster.getHeight();
        byte[] colours = new byte[width * height * 3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int black = raster.getSample(x, y, 3);
                for (int channel = 0; channel < 3; channel++) {
                    colours[(y * width + x) * 3 + channel] = (byte) (raster.getSample(x, y, channel) * black / 255);
                }
            }
        }
        return Image.adopt(width, height, 3, colours);
    }

    private static boolean isGrey(byte[] colours) {
        for (int i = 0; i < colours.length; i += 3) {
            if (colours[i] != colours[i + 1] || colours[i] != colours[i + 2]) {
                return false;
            }
        }
        return true;
    }

    private static Image grey(int width, int height, byte[] colours) {
        byte[] grey = new byte[width * height];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = colours[3 * i];
        }
        return Image.adopt(width, height, 1, grey);
    }
}
