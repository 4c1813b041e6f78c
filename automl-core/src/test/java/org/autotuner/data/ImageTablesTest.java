package org.autotuner.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.autotuner.bundle.Node;
import org.autotuner.error.BundleException;
import org.autotuner.error.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images from folders, paths, objects and pixel columns. */
class ImageTablesTest {

    private static final byte[] RED =
            ImageTest.file(ImageTest.plain(BufferedImage.TYPE_INT_RGB, 4, 3, Color.RED), "png");
    private static final byte[] GREY =
            ImageTest.file(ImageTest.plain(BufferedImage.TYPE_INT_RGB, 5, 5, Color.GRAY), "jpg");

    @TempDir
    Path folder;

    private Path write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    @Test
    void aFolderOfClassFoldersIsATable() throws IOException {
        write("ill/b.png", RED);
        write("ill/a.JPG", GREY);
        write("healthy/c.jpeg", GREY);
        write("healthy/broken.png", java.util.Arrays.copyOf(RED, 30));
        write("healthy/empty.png", new byte[0]);
        write("healthy/notes.txt", new byte[] {1});
        write(".hidden/x.png", RED);
        Table table = Table.images(folder);
        assertThat(table.schema().names()).containsExactly("image", "file", "label");
        assertThat(table.rowCount()).isEqualTo(5);
        assertThat(table.schema().field("file").role()).isEqualTo(Role.ID);
        assertThat(table.column("file").value(0)).isEqualTo("healthy/broken.png");
        assertThat(table.column("label").value(0)).isEqualTo("healthy");
        assertThat(table.column("label").value(4)).isEqualTo("ill");
        assertThat(table.column("image").isMissing(0)).isTrue();
        assertThat(table.column("image").isMissing(1)).isFalse();
        assertThat(table.column("image").isMissing(2)).isTrue();
        Image red = ((ImageColumn) table.column("image")).image(4);
        assertThat(red).isEqualTo(Image.decode(RED));
        assertThat(table.schema().field("image").reason())
                .contains("2 of 5 could not be read")
                .contains("row 1")
                .contains("broken.png")
                .contains("row 3")
                .contains("it is empty");
        assertThat(table.features().schema().names()).containsExactly("image", "label");
    }

    @Test
    void aFolderWithoutFoldersHasNoLabels() throws IOException {
        write("a.png", RED);
        assertThat(Table.images(folder).schema().names()).containsExactly("image", "file");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> Table.images(empty))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("holds no image files");
        assertThatThrownBy(() -> Table.images(folder.resolve("none")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("none");
    }

    @Test
    void aColumnOfPathsHoldsImages() throws IOException {
        write("photos/a.png", RED);
        Path csv = write("list.csv", "photo,price\nphotos/a.png,3\nphotos/gone.png,4\n,5\n".getBytes("UTF-8"));
        Table table = Table.read(csv, ReadOptions.defaults().withType("photo", ColumnType.IMAGE));
        assertThat(table.schema().field("photo").type()).isEqualTo(ColumnType.IMAGE);
        assertThat(table.column("photo").value(0)).isEqualTo(Image.decode(RED));
        assertThat(table.column("photo").isMissing(1)).isTrue();
        assertThat(table.column("photo").isMissing(2)).isTrue();
        assertThat(table.schema().field("photo").reason()).contains("row 2").contains("no such file");
        assertThat(table.column("price").value(2)).isEqualTo(5.0);
    }

    @Test
    void objectsHoldImages() throws IOException {
        record Scan(byte[] image, int age) {}
        Table table = Table.of(List.of(new Scan(RED, 3), new Scan(GREY, 4)));
        assertThat(table.schema().field("image").type()).isEqualTo(ColumnType.IMAGE);
        assertThat(table.column("image").value(0)).isEqualTo(Image.decode(RED));
        Map<String, Object> row = new HashMap<>();
        row.put("image", write("x.png", RED));
        assertThat(Table.ofMaps(List.of(row)).column("image").value(0)).isEqualTo(Image.decode(RED));
        assertThatThrownBy(() -> Table.of(List.of(new Scan(RED, 3), new Scan(new byte[0], 4))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Column 'image', row 2")
                .hasMessageContaining("empty");
    }

    @Test
    void rowsForPredictionHoldImagesButNoPathsInTexts() throws IOException {
        Table table = Table.builder()
                .column("image", ImageColumn.of(List.of(Image.decode(RED))))
                .build();
        Schema schema = table.schema();
        assertThat(schema.align(Row.of("image", RED)).column(0).value(0)).isEqualTo(Image.decode(RED));
        assertThat(schema.align(Row.of("image", Image.decode(RED))).column(0).value(0))
                .isEqualTo(Image.decode(RED));
        assertThat(schema.align(Row.of("image", write("x.png", RED))).column(0).value(0))
                .isEqualTo(Image.decode(RED));
        assertThat(schema.align(Row.of("other", 1)).column(0).isMissing(0)).isTrue();
        String path = write("y.png", RED).toString();
        assertThatThrownBy(() -> schema.align(Row.of("image", path)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a String is no image");
        assertThatThrownBy(() -> schema.align(Row.of("image", new byte[] {1, 2})))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Column 'image'");
        assertThat(schema.align(table.without("image").withColumn("z", table.column(0)))
                        .column(0)
                        .isMissing(0))
                .isTrue();
        assertThat(table.append(table).column("image").value(1)).isEqualTo(Image.decode(RED));
    }

    private static Table digits(int side, int rows, boolean smooth) {
        SplittableRandom random = new SplittableRandom(1);
        double[][] cells = new double[side * side][rows];
        for (int row = 0; row < rows; row++) {
            double left = random.nextDouble() * side;
            double top = random.nextDouble() * side;
            for (int i = 0; i < cells.length; i++) {
                double distance = Math.hypot(i % side - left, i / side - top);
                cells[i][row] = Math.rint(smooth ? Math.max(0, 16 - 3 * distance) : 16 * random.nextDouble());
            }
            cells[0][row] = row == 0 ? 16 : cells[0][row];
        }
        Table.Builder builder = Table.builder();
        for (int i = 0; i < cells.length; i++) {
            builder.numeric("p" + i, cells[i]);
        }
        return builder.build();
    }

    @Test
    void squaresOfAlikeNeighboursAreFoundToBeImages() {
        Pixels pixels = Pixels.infer(digits(8, 50, true)).orElseThrow();
        assertThat(pixels.width()).isEqualTo(8);
        assertThat(pixels.height()).isEqualTo(8);
        assertThat(pixels.max()).isEqualTo(16);
        assertThat(pixels.columns()).hasSize(64).startsWith("p0", "p1");
        assertThat(Pixels.infer(digits(8, 50, false))).isEmpty();
        assertThat(Pixels.infer(digits(6, 50, true))).isEmpty();
        assertThat(Pixels.infer(digits(8, 50, true).without("p3"))).isEmpty();
        assertThat(Pixels.infer(digits(8, 50, true).withType("p3", ColumnType.CATEGORICAL)))
                .isEmpty();
    }

    @Test
    void pixelsAreCombinedAndFoundAgainAtPrediction() {
        Table table = digits(8, 20, true).withColumn("y", NumericColumn.of(new double[20]));
        Pixels pixels = Pixels.of("p", 8, 8, 1, 16);
        Table combined = pixels.combine(table, "image");
        assertThat(combined.schema().names()).containsExactly("image", "y");
        Image first = ((ImageColumn) combined.column("image")).image(0);
        assertThat(java.util.Objects.requireNonNull(first).at(0, 0, 0)).isEqualTo(255);
        Schema schema = combined.schema().withRole("y", Role.TARGET);
        Node node = Node.root();
        schema.write(node);
        Schema read = Schema.read(node);
        assertThat(read).isEqualTo(schema);
        assertThat(read.align(table).column(0).value(3))
                .isEqualTo(combined.column("image").value(3));
        assertThat(read.align(table.row(3)).column(0).value(0))
                .isEqualTo(combined.column("image").value(3));
        assertThat(read.align(Row.of("y", 1)).column(0).isMissing(0)).isTrue();
        assertThat(read.unknownNames(Row.of("p3", 1, "p99", 2))).containsExactly("p99");
        node.nodes("fields").get(0).node("pixels").put("width", 9);
        assertThatThrownBy(() -> Schema.read(node)).isInstanceOf(BundleException.class);
        assertThatThrownBy(() -> Pixels.of("q", 8, 8, 1, 16).combine(table, "image"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("q0");
        assertThatThrownBy(() -> new Pixels(List.of("a"), 1, 2, 1, 1)).hasMessageContaining("1 columns");
    }
}
