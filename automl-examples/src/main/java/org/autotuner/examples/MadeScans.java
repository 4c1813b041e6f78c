package org.autotuner.examples;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/**
 * Draws images that look a little like chest X-rays, in folders {@code healthy} and {@code ill}: two dark lungs behind ribs, of
 * different sizes, places and exposure, with noise; ill ones have one or two faint round shadows in a lung. No patient is shown.
 */
final class MadeScans {

    private static final int SIDE = 96;

    private MadeScans() {}

    /** Writes so many images, half of them ill, and returns the folder. */
    static Path write(Path folder, int count, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < count; i++) {
            boolean isIll = i % 2 == 1;
            Path own = Files.createDirectories(folder.resolve(isIll ? "ill" : "healthy"));
            ImageIO.write(
                    scan(isIll, random),
                    "png",
                    own.resolve("scan%04d.png".formatted(i)).toFile());
        }
        return folder;
    }

    private static BufferedImage scan(boolean isIll, SplittableRandom random) {
        double middle = SIDE / 2.0 + spread(random, 4);
        double height = SIDE * (0.36 + spread(random, 0.04));
        double width = SIDE * (0.15 + spread(random, 0.02));
        double exposure = 1 + spread(random, 0.15);
        double ribs = random.nextDouble() * 7;
        int shadows = isIll ? 1 + random.nextInt(2) : 0;
        double[][] places = new double[shadows][];
        for (int s = 0; s < shadows; s++) {
            int side = random.nextBoolean() ? 1 : -1;
            places[s] = new double[] {
                middle + side * SIDE * 0.21 + spread(random, width * 0.6),
                SIDE / 2.0 + spread(random, height * 0.6),
                4 + 3 * random.nextDouble(),
                38 + 18 * random.nextDouble()
            };
        }
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                double across = (Math.abs(x - middle) - SIDE * 0.21) / width;
                double along = (y - SIDE / 2.0) / height;
                double lung = 1 / (1 + Math.exp(9 * (Math.hypot(across, along) - 1)));
                double value = 185 - 115 * lung;
                value += 12 * lung * Math.sin((y + 0.12 * Math.abs(x - middle) + ribs) * 0.75);
                for (double[] place : places) {
                    double distance = Math.hypot(x - place[0], y - place[1]) / place[2];
                    value += place[3] * Math.exp(-distance * distance);
                }
                value = exposure * value + 9 * random.nextGaussian();
                image.getRaster().setSample(x, y, 0, (int) Math.max(0, Math.min(255, value)));
            }
        }
        return image;
    }

    private static double spread(SplittableRandom random, double width) {
        return width * (2 * random.nextDouble() - 1);
    }
}
