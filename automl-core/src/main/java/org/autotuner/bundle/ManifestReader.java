package org.autotuner.bundle;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.autotuner.error.BundleException;

/** Reads what {@link ManifestWriter} wrote, in one pass, trusting nothing. */
final class ManifestReader {

    private final JsonReader json;
    private int values;
    private int arrays;
    private IntFunction<Object> array = number -> number;

    private ManifestReader(JsonReader json) {
        this.json = json;
    }

    /** What the entries hold, to be read once their number is known. */
    interface Contents {
        /** Arrays by number, for entries of these kinds, lengths and checksums. */
        IntFunction<Object> open(List<ManifestWriter.Entry> entries);
    }

    /**
     * The tree of a manifest.
     *
     * @param format the newest format that is understood
     */
    static Node read(String text, int format, Contents contents) {
        try (JsonReader json = new JsonReader(new StringReader(text))) {
            json.setStrictness(Strictness.STRICT);
            return new ManifestReader(json).manifest(format, contents);
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw new BundleException(
                    "The model file is damaged: its manifest cannot be read. Save or copy the model again.", e);
        }
    }

    private Node manifest(int newest, Contents contents) throws IOException {
        json.beginObject();
        name("format");
        int format = json.nextInt();
        if (format > newest) {
            throw new BundleException(
                    "The model file has format %d, but this version of the library reads formats 1 to %d."
                                    .formatted(format, newest)
                            + " Upgrade the library to the version that saved it, or a later one.");
        }
        if (format < 1) {
            throw Zip.damaged("there is no format %d".formatted(format));
        }
        name("library");
        String unused = json.nextString();
        name("entries");
        List<ManifestWriter.Entry> entries = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            json.beginArray();
            entries.add(
                    new ManifestWriter.Entry(ArrayKind.named(json.nextString()), json.nextLong(), json.nextString()));
            json.endArray();
            if (entries.size() > Limits.ENTRIES) {
                throw Zip.damaged("it has more than %d arrays".formatted(Limits.ENTRIES));
            }
        }
        json.endArray();
        array = contents.open(entries);
        name("root");
        Node root = Node.root();
        node(root, 0);
        json.endObject();
        if (json.peek() != JsonToken.END_DOCUMENT || arrays != entries.size()) {
            throw Zip.damaged("its manifest names %d arrays and uses %d".formatted(entries.size(), arrays));
        }
        return root;
    }

    private void name(String expected) throws IOException {
        String name = json.nextName();
        if (!name.equals(expected)) {
            throw Zip.damaged("its manifest has '%s' where '%s' belongs".formatted(name, expected));
        }
    }

    private void node(Node node, int depth) throws IOException {
        if (depth > Limits.DEPTH) {
            throw Zip.damaged("it is nested deeper than %d levels".formatted(Limits.DEPTH));
        }
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (node.has(name)) {
                throw node.wrong(name, "occurs twice");
            }
            count();
            value(node, name, depth);
        }
        json.endObject();
    }

    private void value(Node node, String name, int depth) throws IOException {
        JsonToken token = json.peek();
        if (token == JsonToken.STRING) {
            node.put(name, json.nextString());
        } else if (token == JsonToken.BOOLEAN) {
            node.put(name, json.nextBoolean());
        } else if (token == JsonToken.NUMBER) {
            String number = json.nextString();
            if (number.contains(".")) {
                node.put(name, Double.parseDouble(number));
            } else {
                node.put(name, Long.parseLong(number));
            }
        } else if (token == JsonToken.BEGIN_OBJECT) {
            node(node.child(name), depth + 1);
        } else {
            json.beginArray();
            marked(node, name, depth);
            json.endArray();
        }
    }

    private void marked(Node node, String name, int depth) throws IOException {
        String mark = json.nextString();
        if (mark.equals("texts")) {
            List<String> texts = new ArrayList<>();
            while (json.hasNext()) {
                count();
                text(node, name);
                texts.add(json.nextString());
            }
            node.putTexts(name, texts);
        } else if (mark.equals("nodes")) {
            node.list(name);
            while (json.hasNext()) {
                count();
                node(node.append(name), depth + 1);
            }
        } else if (mark.equals("real")) {
            text(node, name);
            node.put(name, Double.parseDouble(json.nextString()));
        } else if (mark.equals("array") && json.nextInt() == arrays) {
            node.putArray(name, array.apply(arrays++));
        } else {
            throw node.wrong(name, "is neither a value nor the next array");
        }
    }

    /** Gson would also give numbers as texts. */
    private void text(Node node, String name) throws IOException {
        if (json.peek() != JsonToken.STRING) {
            throw node.wrong(name, "holds something that is not a text");
        }
    }

    private void count() {
        if (++values > Limits.VALUES) {
            throw Zip.damaged("it has more than %d values outside arrays".formatted(Limits.VALUES));
        }
    }
}
