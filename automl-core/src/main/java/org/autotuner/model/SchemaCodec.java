package org.autotuner.model;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.bundle.Node;
import org.autotuner.data.ColumnType;
import org.autotuner.data.Field;
import org.autotuner.data.Role;
import org.autotuner.data.Schema;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Task;

/** Schema and task in a model file. */
final class SchemaCodec {

    private SchemaCodec() {}

    static void write(Schema schema, Node node) {
        node.list("fields");
        for (Field field : schema.fields()) {
            node.append("fields")
                    .put("name", field.name())
                    .put("type", field.type().name())
                    .put("role", field.role().name())
                    .putTexts("levels", field.levels())
                    .put("reason", field.reason());
        }
    }

    /** The schema; IllegalArgumentException or DataException where values do not fit, which the caller converts. */
    static Schema read(Node node) {
        List<Field> fields = new ArrayList<>();
        for (Node field : node.nodes("fields")) {
            fields.add(new Field(
                    field.text("name"),
                    ColumnType.valueOf(field.text("type")),
                    Role.valueOf(field.text("role")),
                    field.texts("levels"),
                    field.text("reason")));
        }
        return Schema.of(fields);
    }

    static void writeTask(Task task, Node node) {
        node.put("kind", task.kind()).put("target", task.target()).putTexts("labels", task.labels());
        if (task instanceof QuantileTask quantiles) {
            node.put(
                    "levels",
                    quantiles.levels().stream().mapToDouble(Double::doubleValue).toArray());
        }
    }

    static Task readTask(Node node) {
        String target = node.text("target");
        List<String> labels = node.texts("labels");
        switch (node.text("kind")) {
            case "binary":
                if (labels.size() != 2) {
                    throw node.wrong("labels", "has %d labels instead of 2".formatted(labels.size()));
                }
                return new BinaryTask(target, labels.get(0), labels.get(1));
            case "multiclass":
                return new MulticlassTask(target, labels);
            case "regression":
                return new RegressionTask(target);
            case "quantile":
                return new QuantileTask(
                        target,
                        java.util.Arrays.stream(node.doubles("levels")).boxed().toList());
            default:
                throw node.wrong("kind", "is '%s', which is no known task".formatted(node.text("kind")));
        }
    }
}
