package org.autotuner.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.autotuner.bundle.Node;
import org.autotuner.data.Schema;
import org.autotuner.error.BundleException;
import org.autotuner.error.DataException;
import org.autotuner.evaluate.Conformal;
import org.autotuner.prepare.FittedPreparations;
import org.autotuner.prepare.TextEncoder;
import org.autotuner.prepare.TextEncoders;
import org.autotuner.score.Scorers;
import org.autotuner.task.Tasks;
import org.jspecify.annotations.Nullable;

/** Models as trees of a model file. */
final class ModelCodec {

    private static final String KIND = "model";

    private ModelCodec() {}

    static Node write(ModelParts parts) {
        Node root = Node.root().put("kind", KIND);
        parts.features().write(root.child("schema"));
        Tasks.write(parts.task(), root.child("task"));
        root.put("metric", parts.metric())
                .put("temperature", parts.temperature())
                .put("threshold", parts.threshold())
                .put("validation_score", parts.validationScore());
        Map<String, TextEncoder> encoders = new LinkedHashMap<>();
        Consumer<TextEncoder> add = encoder -> encoders.putIfAbsent(encoder.id(), encoder);
        parts.preparations().forEach(preparation -> preparation.encoder().ifPresent(add));
        parts.members().forEach(member -> member.parts()
                .forEach(part -> part.scorer().encoder().ifPresent(add)));
        encoders.values().forEach(encoder -> TextEncoders.write(encoder, root.append("encoders")));
        root.list("preparations");
        parts.preparations().forEach(preparation -> preparation.write(root.append("preparations")));
        root.list("members");
        for (Member member : parts.members()) {
            Node node = root.append("members").put("name", member.name()).put("weight", member.weight());
            for (Member.Part part : member.parts()) {
                Node place = node.append("parts").put("preparation", part.preparation());
                Scorers.write(part.scorer(), place);
            }
        }
        parts.provenance().write(root.child("provenance"));
        root.list("conformal");
        for (Conformal limit : parts.limits()) {
            root.append("conformal").put("coverage", limit.coverage()).put("limit", limit.limit());
        }
        root.child("attachments", parts.attachments());
        return root;
    }

    static AutoModel read(Node root) {
        try {
            if (!root.text("kind").equals(KIND)) {
                throw root.wrong("kind", "is '%s', so this file holds something else".formatted(root.text("kind")));
            }
            Function<String, TextEncoder> encoders = encoders(root);
            List<Member> members = new ArrayList<>();
            for (Node node : root.nodes("members")) {
                List<Member.Part> parts = new ArrayList<>();
                for (Node part : node.nodes("parts")) {
                    parts.add(new Member.Part(
                            part.integer("preparation", 0, Integer.MAX_VALUE), Scorers.read(part, encoders)));
                }
                members.add(new Member(node.text("name"), node.real("weight"), parts));
            }
            Node attachments = root.node("attachments");
            attachments.names().forEach(attachments::node);
            return new AutoModel(new ModelParts(
                    Schema.read(root.node("schema")),
                    Tasks.read(root.node("task")),
                    root.text("metric"),
                    root.nodes("preparations").stream()
                            .map(node -> FittedPreparations.read(node, encoders))
                            .toList(),
                    members,
                    root.real("temperature"),
                    root.real("threshold"),
                    root.real("validation_score"),
                    Provenance.read(root.node("provenance")),
                    root.nodes("conformal").stream()
                            .map(node -> new Conformal(node.real("coverage"), node.real("limit")))
                            .toList(),
                    attachments));
        } catch (IllegalArgumentException | DataException e) {
            throw new BundleException(
                    "The model file is damaged: its parts do not fit each other (%s) Save or copy the model again."
                            .formatted(e.getMessage()),
                    e);
        }
    }

    /** The encoders of texts that the file holds, by id. */
    private static Function<String, TextEncoder> encoders(Node root) {
        Map<String, TextEncoder> encoders = new LinkedHashMap<>();
        if (root.has("encoders")) {
            for (Node node : root.nodes("encoders")) {
                TextEncoder encoder = TextEncoders.read(node);
                encoders.put(encoder.id(), encoder);
            }
        }
        return id -> {
            @Nullable TextEncoder encoder = encoders.get(id);
            if (encoder == null) {
                throw root.wrong("encoders", "lack '%s', which a part of the model needs".formatted(id));
            }
            return encoder;
        };
    }
}
