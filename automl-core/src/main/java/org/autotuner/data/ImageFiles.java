package org.autotuner.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.autotuner.error.DataException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads many image files; those that cannot be read are missing, with a warning in the log and in the field's reason. */
final class ImageFiles {

    private static final Logger LOG = LoggerFactory.getLogger(ImageFiles.class);
    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "gif", "bmp");
    private static final int NAMED = 5;

    private ImageFiles() {}

    /** A folder with a folder for each class, or of images alone. */
    static Table folder(Path folder, int side) {
        List<Path> files = new ArrayList<>();
        List<@Nullable String> labels = new ArrayList<>();
        List<Path> classes = list(folder).stream().filter(Files::isDirectory).toList();
        for (Path one : classes) {
            for (Path file : list(one)) {
                if (isImage(file)) {
                    files.add(file);
                    labels.add(String.valueOf(one.getFileName()));
                }
            }
        }
        if (classes.isEmpty()) {
            list(folder).stream().filter(ImageFiles::isImage).forEach(files::add);
        }
        if (files.isEmpty()) {
            throw new DataException(
                    "The folder '%s' holds no image files (%s), neither itself nor in folders for classes."
                            .formatted(
                                    folder,
                                    String.join(", ", ENDINGS.stream().sorted().toList())));
        }
        List<TypedColumn> columns = new ArrayList<>();
        columns.add(read(files, "image", Role.FEATURE, side));
        columns.add(TypedColumn.of(
                "file",
                TextColumn.of(files.stream()
                        .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                        .toList()),
                Role.ID,
                "names of the image files"));
        if (!classes.isEmpty()) {
            columns.add(
                    TypedColumn.of("label", CategoricalColumn.ofValues(labels), Role.FEATURE, "names of the folders"));
        }
        return Table.ofTyped(columns);
    }

    /** A copy of a table in which a column of paths holds the images. */
    static Table column(Table table, String name, Path base, int side) {
        int position = table.schema().indexOf(name);
        Field field = table.schema().fields().get(position);
        Column given = table.column(position);
        List<@Nullable Path> files = new ArrayList<>();
        for (int row = 0; row < given.size(); row++) {
            Object value = given.value(row);
            files.add(value == null ? null : base.resolve(CellValues.text(value)));
        }
        TypedColumn images = read(files, name, field.role(), side);
        List<Field> fields = new ArrayList<>(table.schema().fields());
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < table.columnCount(); i++) {
            columns.add(i == position ? images.column() : table.column(i));
        }
        fields.set(position, images.field());
        return Table.of(Schema.of(fields), columns);
    }

    private static TypedColumn read(List<? extends @Nullable Path> files, String name, Role role, int side) {
        @Nullable Image[] images = new @Nullable Image[files.size()];
        @Nullable String[] problems = new @Nullable String[files.size()];
        IntStream.range(0, images.length).parallel().forEach(row -> {
            Path file = files.get(row);
            if (file != null) {
                try {
                    images[row] = ImageCells.file(file, side);
                } catch (UnreadableImageException e) {
                    problems[row] = "row %d ('%s'): %s".formatted(row + 1, file, e.getMessage());
                }
            }
        });
        List<String> unread =
                Arrays.stream(problems).filter(java.util.Objects::nonNull).toList();
        unread.forEach(problem -> LOG.warn("Column '{}' has a missing image, {}", name, problem));
        String reason = unread.isEmpty()
                ? "image files"
                : "image files; %d of %d could not be read and are missing: %s%s"
                        .formatted(
                                unread.size(),
                                files.size(),
                                String.join("; ", unread.subList(0, Math.min(NAMED, unread.size()))),
                                unread.size() > NAMED ? "; ..." : "");
        return TypedColumn.of(name, ImageColumn.adopt(images), role, reason);
    }

    private static boolean isImage(Path file) {
        String name = String.valueOf(file.getFileName());
        return Files.isRegularFile(file)
                && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /** What a folder holds, by name, so that every machine reads in the same order. */
    private static List<Path> list(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(path -> !String.valueOf(path.getFileName()).startsWith("."))
                    .sorted(java.util.Comparator.comparing(path -> String.valueOf(path.getFileName())))
                    .toList();
        } catch (IOException e) {
            throw new DataException("The folder '%s' cannot be read: %s".formatted(folder, e.getMessage()), e);
        }
    }
}
