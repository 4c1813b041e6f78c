package org.autotuner.bundle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.autotuner.error.BundleException;
import org.jspecify.annotations.Nullable;

/**
 * One level of the tree that a model file holds: named texts, numbers, arrays, child nodes and lists of them. Readers
 * get a {@link BundleException} that names the path where a value is absent or of another type. Not thread-safe while
 * it is written.
 */
public final class Node {

    private final String path;
    private final Map<String, Object> values = new LinkedHashMap<>();

    private Node(String path) {
        this.path = path;
    }

    /** An empty root. */
    public static Node root() {
        return new Node("");
    }

    public Set<String> names() {
        return java.util.Collections.unmodifiableSet(values.keySet());
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public Node put(String name, String text) {
        return set(name, text);
    }

    public Node put(String name, long number) {
        return set(name, number);
    }

    /** Any double, NaN and infinities included. */
    public Node put(String name, double number) {
        return set(name, number);
    }

    public Node put(String name, boolean flag) {
        return set(name, flag);
    }

    /** The array is not copied. */
    public Node put(String name, byte[] array) {
        return set(name, array);
    }

    /** The array is not copied. */
    public Node put(String name, int[] array) {
        return set(name, array);
    }

    /** The array is not copied. */
    public Node put(String name, long[] array) {
        return set(name, array);
    }

    /** The array is not copied. */
    public Node put(String name, float[] array) {
        return set(name, array);
    }

    /** The array is not copied. */
    public Node put(String name, double[] array) {
        return set(name, array);
    }

    public Node putTexts(String name, List<String> texts) {
        return set(name, new Texts(List.copyOf(texts)));
    }

    /** Adds an empty child and returns it. */
    public Node child(String name) {
        Node child = new Node(path + "/" + name);
        set(name, child);
        return child;
    }

    /** Adds a child with the values of another node; its arrays are shared, not copied. */
    public Node child(String name, Node content) {
        Node child = child(name);
        child.putAll(content);
        return child;
    }

    private void putAll(Node content) {
        content.values.forEach((name, value) -> {
            if (value instanceof Node inner) {
                child(name, inner);
            } else if (value instanceof Nodes inner) {
                list(name);
                inner.nodes().forEach(element -> append(name).putAll(element));
            } else {
                set(name, value);
            }
        });
    }

    /** Appends an empty node to a list of nodes and returns it; the first call makes the list. */
    public Node append(String name) {
        if (!(values.get(name) instanceof Nodes)) {
            set(name, new Nodes(new ArrayList<>()));
        }
        Nodes list = (Nodes) java.util.Objects.requireNonNull(values.get(name));
        Node child = new Node(path + "/" + name + "/" + list.nodes().size());
        list.nodes().add(child);
        return child;
    }

    /** Makes an empty list of nodes, for lists that may stay empty. */
    public Node list(String name) {
        return set(name, new Nodes(new ArrayList<>()));
    }

    public String text(String name) {
        return get(name, String.class);
    }

    public long number(String name) {
        return get(name, Long.class);
    }

    /** A whole number within {@code low..high}. */
    public int integer(String name, int low, int high) {
        long value = number(name);
        if (value < low || value > high) {
            throw wrong(name, "is %d, outside %d..%d".formatted(value, low, high));
        }
        return (int) value;
    }

    public double real(String name) {
        return get(name, Double.class);
    }

    public boolean flag(String name) {
        return get(name, Boolean.class);
    }

    public byte[] bytes(String name) {
        return get(name, byte[].class);
    }

    public int[] ints(String name) {
        return get(name, int[].class);
    }

    public long[] longs(String name) {
        return get(name, long[].class);
    }

    public float[] floats(String name) {
        return get(name, float[].class);
    }

    public double[] doubles(String name) {
        return get(name, double[].class);
    }

    public List<String> texts(String name) {
        return get(name, Texts.class).texts();
    }

    public Node node(String name) {
        return get(name, Node.class);
    }

    public List<Node> nodes(String name) {
        return java.util.Collections.unmodifiableList(get(name, Nodes.class).nodes());
    }

    /** Bytes of all arrays and texts below this node, before any packing. */
    public long bytes() {
        long sum = 0;
        for (Object value : values.values()) {
            sum += sizeOf(value);
        }
        return sum;
    }

    private static long sizeOf(Object value) {
        if (value instanceof Node node) {
            return node.bytes();
        }
        if (value instanceof Nodes list) {
            return list.nodes().stream().mapToLong(Node::bytes).sum();
        }
        if (value instanceof Texts list) {
            return list.texts().stream().mapToLong(String::length).sum();
        }
        if (value instanceof String text) {
            return text.length();
        }
        if (value instanceof byte[] array) {
            return array.length;
        }
        if (value instanceof int[] array) {
            return 4L * array.length;
        }
        if (value instanceof float[] array) {
            return 4L * array.length;
        }
        if (value instanceof long[] array) {
            return 8L * array.length;
        }
        return value instanceof double[] array ? 8L * array.length : 8;
    }

    /** An exception that names this place; for codecs that find a value they cannot use. */
    public BundleException wrong(String name, String problem) {
        return new BundleException(
                "The model file is damaged: '%s/%s' %s. Save or copy the model again.".formatted(path, name, problem));
    }

    /** A list of texts as one value. */
    record Texts(List<String> texts) {}

    /** A list of nodes as one value. */
    record Nodes(List<Node> nodes) {}

    Map<String, Object> values() {
        return values;
    }

    /** Sets an array of any of the five element types. */
    void putArray(String name, Object array) {
        set(name, array);
    }

    private Node set(String name, Object value) {
        values.put(name, value);
        return this;
    }

    private <T> T get(String name, Class<T> type) {
        @Nullable Object value = values.get(name);
        if (!type.isInstance(value)) {
            throw wrong(name, value == null ? "is absent" : "is not a " + type.getSimpleName());
        }
        return type.cast(value);
    }
}
