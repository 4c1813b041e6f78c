package org.autotuner.bundle;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.autotuner.error.BundleException;

/**
 * Writes the manifest. Texts and flags are JSON's own; whole numbers have no point and reals have one; a list whose
 * first element is a mark holds what JSON lacks: {@code ["real", "NaN"]}, {@code ["texts", ...]},
 * {@code ["nodes", ...]} and {@code ["array", number of the entry]}.
 */
final class ManifestWriter {

    /** Of each array the type, the number of elements and the checksum of its bytes. */
    record Entry(ArrayKind kind, long length, String sha256) {}

    private final JsonWriter json;
    private int values;
    private int arrays;

    private ManifestWriter(JsonWriter json) {
        this.json = json;
    }

    /** The manifest of a tree that is not too deep; {@link Bundle} has checked that. */
    static String write(int format, String library, List<Entry> entries, Node root) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.beginObject().name("format").value(format).name("library").value(library);
            json.name("entries").beginArray();
            for (Entry entry : entries) {
                json.beginArray()
                        .value(entry.kind().label)
                        .value(entry.length())
                        .value(entry.sha256())
                        .endArray();
            }
            json.endArray().name("root");
            new ManifestWriter(json).node(root);
            json.endObject();
        } catch (IOException e) {
            throw new IllegalStateException("Writing to memory failed.", e);
        }
        return escapeLoneSurrogates(text.getBuffer());
    }

    private void node(Node node) throws IOException {
        json.beginObject();
        for (Map.Entry<String, Object> entry : node.values().entrySet()) {
            json.name(entry.getKey());
            value(entry.getValue());
        }
        json.endObject();
    }

    private void value(Object value) throws IOException {
        count();
        if (value instanceof String text) {
            json.value(text);
        } else if (value instanceof Boolean flag) {
            json.value(flag);
        } else if (value instanceof Long number) {
            json.value(number);
        } else if (value instanceof Double number) {
            real(number);
        } else if (value instanceof Node child) {
            node(child);
        } else if (value instanceof Node.Texts texts) {
            json.beginArray().value("texts");
            for (String text : texts.texts()) {
                count();
                json.value(text);
            }
            json.endArray();
        } else if (value instanceof Node.Nodes nodes) {
            json.beginArray().value("nodes");
            for (Node child : nodes.nodes()) {
                count();
                node(child);
            }
            json.endArray();
        } else {
            json.beginArray().value("array").value(arrays++).endArray();
        }
    }

    private void count() {
        if (++values > Limits.VALUES) {
            throw new BundleException("The model has more than %d values outside arrays. Train a smaller model."
                    .formatted(Limits.VALUES));
        }
    }

    private void real(double number) throws IOException {
        if (Double.isFinite(number)) {
            json.jsonValue(Double.toString(number));
        } else {
            json.beginArray().value("real").value(Double.toString(number)).endArray();
        }
    }

    /** UTF-8 has no form for half a pair of surrogates, JSON has. */
    private static String escapeLoneSurrogates(CharSequence text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                escaped.append(c).append(text.charAt(++i));
            } else if (Character.isSurrogate(c)) {
                escaped.append("\\u").append(Integer.toHexString(c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
