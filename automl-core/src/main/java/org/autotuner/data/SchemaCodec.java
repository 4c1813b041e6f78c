package org.autotuner.data;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.bundle.Node;
import org.autotuner.error.BundleException;
import org.autotuner.error.DataException;

/** A schema as part of a model file. */
final class SchemaCodec {

    private SchemaCodec() {}

    static void write(Schema schema, Node node) {
        node.list("fields");
        for (Field field : schema.fields()) {
            Node each = node.append("fields")
                    .put("name", field.name())
                    .put("type", field.type().name())
                    .put("role", field.role().name())
                    .put("reason", field.reason())
                    .putTexts("levels", field.levels());
            Pixels pixels = field.pixels();
            if (pixels != null) {
                each.child("pixels")
                        .putTexts("columns", pixels.columns())
                        .put("width", pixels.width())
                        .put("height", pixels.height())
                        .put("channels", pixels.channels())
                        .put("max", pixels.max());
            }
        }
    }

    static Schema read(Node node) {
        List<Field> fields = new ArrayList<>();
        for (Node each : node.nodes("fields")) {
            ColumnType type = constant(each, "type", ColumnType.class);
            List<String> levels = each.texts("levels");
            if (type != ColumnType.CATEGORICAL && !levels.isEmpty()) {
                throw each.wrong("levels", "has levels, but the column is " + type);
            }
            if (levels.stream().distinct().count() != levels.size()) {
                throw each.wrong("levels", "has the same level twice");
            }
            if (type != ColumnType.IMAGE && each.has("pixels")) {
                throw each.wrong("pixels", "belongs to an image, but the column is " + type);
            }
            fields.add(new Field(
                    each.text("name"),
                    type,
                    constant(each, "role", Role.class),
                    levels,
                    each.text("reason"),
                    each.has("pixels") ? pixels(each.node("pixels")) : null));
        }
        try {
            return Schema.of(fields);
        } catch (DataException twice) {
            throw node.wrong("fields", "names a column twice");
        }
    }

    private static Pixels pixels(Node node) {
        try {
            return new Pixels(
                    node.texts("columns"),
                    node.integer("width", 1, 1 << 14),
                    node.integer("height", 1, 1 << 14),
                    node.integer("channels", 1, 3),
                    node.real("max"));
        } catch (IllegalArgumentException e) {
            BundleException wrong = node.wrong("columns", "makes no image (%s)".formatted(e.getMessage()));
            wrong.addSuppressed(e);
            throw wrong;
        }
    }

    private static <E extends Enum<E>> E constant(Node node, String name, Class<E> type) {
        String text = node.text(name);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw node.wrong(name, "is '%s', which this version does not know".formatted(text));
    }
}
