package org.autotuner.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.autotuner.bundle.Node;
import org.autotuner.data.ColumnType;

/** A profile as part of a model file. */
final class ProfileCodec {

    private ProfileCodec() {}

    static void write(Profile profile, Node node) {
        node.put("rows", profile.rowCount()).put("target", profile.target().orElse(""));
        node.list("columns").list("warnings");
        for (ColumnProfile column : profile.columns()) {
            Distribution distribution = column.distribution();
            node.append("columns")
                    .put("name", column.name())
                    .put("type", column.type().name())
                    .put("missing", column.missingShare())
                    .put("distinct", column.distinct())
                    .put("constant", column.constant())
                    .put("idLike", column.idLike())
                    .put("edges", array(distribution.edges()))
                    .putTexts("levels", distribution.levels())
                    .put("shares", array(distribution.shares()))
                    .put("mean", distribution.mean())
                    .put("deviation", distribution.deviation())
                    .put("quantiles", array(distribution.quantiles()));
        }
        for (ProfileWarning warning : profile.warnings()) {
            node.append("warnings")
                    .put("kind", warning.kind().name())
                    .put("column", warning.column())
                    .put("message", warning.message())
                    .put("severity", warning.severity().name());
        }
    }

    static Profile read(Node node) {
        List<ColumnProfile> columns = new ArrayList<>();
        for (Node each : node.nodes("columns")) {
            columns.add(new ColumnProfile(
                    each.text("name"),
                    constant(each, "type", ColumnType.class),
                    each.real("missing"),
                    each.number("distinct"),
                    each.flag("constant"),
                    each.flag("idLike"),
                    distribution(each)));
        }
        List<ProfileWarning> warnings = new ArrayList<>();
        for (Node each : node.nodes("warnings")) {
            warnings.add(new ProfileWarning(
                    constant(each, "kind", ProfileWarning.Kind.class),
                    each.text("column"),
                    each.text("message"),
                    constant(each, "severity", ProfileWarning.Severity.class)));
        }
        String target = node.text("target");
        return new Profile(
                node.integer("rows", 0, Integer.MAX_VALUE), target.isEmpty() ? null : target, columns, warnings);
    }

    private static Distribution distribution(Node node) {
        double[] edges = node.doubles("edges");
        for (int i = 1; i < edges.length; i++) {
            if (!(edges[i] > edges[i - 1])) {
                throw node.wrong("edges", "does not ascend");
            }
        }
        List<String> levels = node.texts("levels");
        double[] shares = node.doubles("shares");
        if (shares.length != Math.max(edges.length, levels.size()) + 1) {
            throw node.wrong("shares", "has the wrong length");
        }
        return new Distribution(
                list(edges),
                levels,
                list(shares),
                node.real("mean"),
                node.real("deviation"),
                list(node.doubles("quantiles")));
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
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
