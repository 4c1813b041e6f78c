package org.autotuner.models.boost;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Universal Binary JSON (ubjson.org, draft 12) as XGBoost writes it: objects become maps, arrays lists, typed
 * arrays of numbers {@code double[]}, numbers doubles.
 */
final class Ubjson {

    private static final int MAX_DEPTH = 64;

    private final ByteBuffer bytes;

    private Ubjson(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /**
     * The value that the bytes hold.
     *
     * @throws IllegalArgumentException if they are no such document
     */
    static Object parse(byte[] bytes) {
        try {
            Ubjson reader = new Ubjson(bytes);
            return reader.value(reader.marker(), 0);
        } catch (java.nio.BufferUnderflowException e) {
            throw new IllegalArgumentException("The document of %d bytes ends too early.".formatted(bytes.length), e);
        }
    }

    private char marker() {
        char marker = (char) (bytes.get() & 0xff);
        while (marker == 'N') {
            marker = (char) (bytes.get() & 0xff);
        }
        return marker;
    }

    private Object value(char marker, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("The document is nested deeper than %d.".formatted(MAX_DEPTH));
        }
        return switch (marker) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case 'S' -> text();
            case 'T' -> true;
            case 'F' -> false;
            case 'Z' -> "";
            default -> number(marker);
        };
    }

    private double number(char marker) {
        return switch (marker) {
            case 'i' -> bytes.get();
            case 'U', 'C' -> bytes.get() & 0xff;
            case 'I' -> bytes.getShort();
            case 'l' -> bytes.getInt();
            case 'L' -> bytes.getLong();
            case 'd' -> bytes.getFloat();
            case 'D' -> bytes.getDouble();
            default -> throw new IllegalArgumentException(
                    "Unknown marker %d at byte %d.".formatted((int) marker, bytes.position() - 1));
        };
    }

    private int size() {
        double size = number(marker());
        if (size < 0 || size > bytes.remaining()) {
            throw new IllegalArgumentException(
                    "A length of %s at byte %d goes beyond the end.".formatted(size, bytes.position()));
        }
        return (int) size;
    }

    private String text() {
        byte[] text = new byte[size()];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        while (bytes.get(bytes.position()) != '}') {
            String name = text();
            members.put(name, value(marker(), depth + 1));
        }
        bytes.get();
        return members;
    }

    private Object array(int depth) {
        char type = 0;
        int size = -1;
        char marker = marker();
        if (marker == '$') {
            type = marker();
            marker = marker();
        }
        if (marker == '#') {
            size = size();
            marker = 0;
        }
        if (type != 0 && type != '[' && type != '{' && type != 'S') {
            double[] numbers = new double[size];
            for (int i = 0; i < size; i++) {
                numbers[i] = number(type);
            }
            return numbers;
        }
        List<Object> values = new ArrayList<>();
        if (size >= 0) {
            for (int i = 0; i < size; i++) {
                values.add(value(type != 0 ? type : marker(), depth + 1));
            }
            return values;
        }
        while (marker != ']') {
            values.add(value(marker, depth + 1));
            marker = marker();
        }
        return values;
    }
}
