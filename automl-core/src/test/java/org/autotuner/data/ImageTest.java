package org.autotuner.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferUShort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.autotuner.error.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Colour models, depths and sizes of files, and files that are none. */
class ImageTest {

    static byte[] file(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            assertThat(ImageIO.write(image, format, bytes)).isTrue();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static BufferedImage plain(int type, int width, int height, Color color) {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, color.getRGB());
            }
        }
        return image;
    }

    @Test
    void greyStaysTheNumberThatIsInTheFile() {
        BufferedImage grey = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 6; i++) {
            grey.getRaster().setSample(i % 3, i / 3, 0, 40 * i);
        }
        Image image = Image.decode(file(grey, "png"));
        assertThat(image.channels()).isEqualTo(1);
        assertThat(image.width()).isEqualTo(3);
        assertThat(image.height()).isEqualTo(2);
        for (int i = 0; i < 6; i++) {
            assertThat(image.at(i % 3, i / 3, 0)).isEqualTo(40 * i);
        }
    }

    @Test
    void sixteenBitsAreRoundedToEight() {
        BufferedImage deep = new BufferedImage(2, 2, BufferedImage.TYPE_USHORT_GRAY);
        short[] data = ((DataBufferUShort) deep.getRaster().getDataBuffer()).getData();
        data[0] = 0;
        data[1] = (short) 65_535;
        data[2] = (short) 32_768;
        data[3] = (short) 257;
        Image image = Image.decode(file(deep, "png"));
        assertThat(image.channels()).isEqualTo(1);
        assertThat(image.at(0, 0, 0)).isZero();
        assertThat(image.at(1, 0, 0)).isEqualTo(255);
        assertThat(image.at(0, 1, 0)).isEqualTo(128);
        assertThat(image.at(1, 1, 0)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_4BYTE_ABGR,
                BufferedImage.TYPE_BYTE_INDEXED
            })
    void coloursAreRedGreenAndBlueWhateverTheModel(int type) {
        Image image = Image.decode(file(plain(type, 2, 1, new Color(255, 102, 0)), "png"));
        assertThat(image.channels()).isEqualTo(3);
        assertThat(image.at(1, 0, 0)).isEqualTo(255);
        assertThat(image.at(1, 0, 1)).isEqualTo(102);
        assertThat(image.at(1, 0, 2)).isZero();
    }

    @Test
    void coloursThatAreAllGreyAreOneChannel() {
        Image image = Image.decode(file(plain(BufferedImage.TYPE_INT_RGB, 2, 2, new Color(9, 9, 9)), "png"));
        assertThat(image.channels()).isEqualTo(1);
        assertThat(image.at(0, 0, 0)).isEqualTo(9);
    }

    @Test
    void blackAndWhiteAreZeroAnd255() {
        BufferedImage bits = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
        bits.setRGB(1, 0, Color.WHITE.getRGB());
        Image image = Image.decode(file(bits, "png"));
        assertThat(image.at(0, 0, 0)).isZero();
        assertThat(image.at(1, 0, 0)).isEqualTo(255);
    }

    @Test
    void transparentPartsLieOnWhite() {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00000000);
        image.setRGB(1, 0, 0x80000000);
        Image read = Image.decode(file(image, "png"));
        assertThat(read.at(0, 0, 0)).isEqualTo(255);
        assertThat(read.at(1, 0, 0)).isBetween(126, 128);
    }

    @Test
    void jpegIsReadNearly() {
        Image image = Image.decode(file(plain(BufferedImage.TYPE_INT_RGB, 16, 16, new Color(200, 30, 90)), "jpg"));
        assertThat(image.at(5, 5, 0)).isBetween(195, 205);
        assertThat(image.at(5, 5, 1)).isBetween(25, 35);
        assertThat(image.at(5, 5, 2)).isBetween(85, 95);
    }

    @Test
    void bytesThatAreNoImageAreRefusedWithTheReason() {
        byte[] whole = file(plain(BufferedImage.TYPE_INT_RGB, 30, 30, Color.RED), "png");
        assertThatThrownBy(() -> Image.decode(new byte[0]))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> Image.decode("hello, I am a text".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no format");
        assertThatThrownBy(() -> Image.decode(Arrays.copyOf(whole, 40)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("damaged");
        byte[] huge = whole.clone();
        huge[16] = 0x7f; // the header's width
        assertThatThrownBy(() -> Image.decode(huge)).isInstanceOf(DataException.class);
    }

    @Test
    void largeImagesAreAveragedDownInProportion() {
        BufferedImage large = new BufferedImage(800, 400, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 400; y++) {
            for (int x = 400; x < 800; x++) {
                large.getRaster().setSample(x, y, 0, 200);
            }
        }
        Image image = Image.decode(file(large, "png"));
        assertThat(image.width()).isEqualTo(256);
        assertThat(image.height()).isEqualTo(128);
        assertThat(image.brightness()).isCloseTo(100, within(1.0));
        assertThat(image.atMost(10).height()).isEqualTo(5);
    }

    /** Averages of 2 x 2 by the triangle filter at the exact middle are plain means of the two inner pixels. */
    @Test
    void planesKeepShrinkAndGrow() {
        Image image = Image.of(2, 2, 1, new byte[] {0, (byte) 255, 0, (byte) 255});
        float[] same = new float[4];
        image.planes(2, 2, 1, same, 0);
        assertThat(same).containsExactly(0, 1, 0, 1);
        float[] one = new float[1];
        image.planes(1, 1, 1, one, 0);
        assertThat(one[0]).isCloseTo(0.5f, within(1e-6f));
        float[] wide = new float[8];
        image.planes(4, 2, 1, wide, 0);
        assertThat(wide[0]).isZero();
        assertThat(wide[1]).isCloseTo(0.25f, within(1e-6f));
        assertThat(wide[2]).isCloseTo(0.75f, within(1e-6f));
        assertThat(wide[3]).isEqualTo(1);
        float[] colours = new float[12];
        image.planes(2, 2, 3, colours, 0);
        assertThat(colours).containsExactly(0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1);
        float[] luma = new float[1];
        Image.of(1, 1, 3, new byte[] {(byte) 255, 0, 0}).planes(1, 1, 1, luma, 0);
        assertThat(luma[0]).isCloseTo(0.299f, within(1e-6f));
    }

    @Test
    void equalImagesHaveEqualPixels() {
        Image image = Image.of(2, 1, 1, new byte[] {1, 2});
        assertThat(image)
                .isEqualTo(Image.of(2, 1, 1, new byte[] {1, 2}))
                .hasSameHashCodeAs(Image.of(2, 1, 1, new byte[] {1, 2}))
                .isNotEqualTo(Image.of(1, 2, 1, new byte[] {1, 2}))
                .isNotEqualTo(Image.of(2, 1, 1, new byte[] {1, 3}));
        assertThatThrownBy(() -> Image.of(2, 2, 2, new byte[8])).hasMessageContaining("1 or 3 channels");
        assertThatThrownBy(() -> Image.of(2, 2, 1, new byte[3])).hasMessageContaining("3 bytes");
    }
}
