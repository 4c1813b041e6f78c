package org.autotuner.models.weights;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.autotuner.error.DataException;

/**
 * Reads tensors of a safetensors file: eight bytes with the length of a JSON header (little endian), the header with type,
 * shape and place of each tensor, then the numbers. Floats of 64, 32 and 16 bits and bfloat16 are read, whole numbers left out.
 * Lengths, places and shapes are checked before anything is read.
 */
public final class SafetensorsFile {

    /** What the format's own reader allows. */
    private static final long MOST_HEADER = 100_000_000;

    private static final Set<String> SKIPPED = Set.of("I64", "I32", "I16", "I8", "U8", "BOOL");

    private static final Map<String, Integer> WIDTHS = Map.of("F64", 8, "F32", 4, "F16", 2, "BF16", 2);

    private SafetensorsFile() {}

    /**
     * All floating-point tensors by name.
     *
     * @throws DataException if the file cannot be read or is damaged
     */
    public static Map<String, Tensor> read(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer start = bytes(channel, 0, 8, file);
            long length = start.getLong();
            if (length < 2 || length > MOST_HEADER || length > channel.size() - 8) {
                throw damaged(file, "its header would have %d bytes".formatted(length));
            }
            String json = StandardCharsets.UTF_8
                    .decode(bytes(channel, 8, length, file))
                    .toString();
            JsonObject header = JsonParser.parseString(json).getAsJsonObject();
            Map<String, Tensor> tensors = new HashMap<>();
            for (Map.Entry<String, JsonElement> entry : header.entrySet()) {
                if (!entry.getKey().equals("__metadata__")) {
                    add(tensors, channel, 8 + length, entry, file);
                }
            }
            return tensors;
        } catch (IOException e) {
            throw new DataException("'%s' cannot be read: %s. Check the path.".formatted(file, e), e);
        } catch (JsonParseException
                | IllegalStateException
                | UnsupportedOperationException
                | NumberFormatException
                | NullPointerException e) {
            throw damaged(file, "its header is no list of tensors (%s)".formatted(e.getMessage()));
        }
    }

    private static void add(
            Map<String, Tensor> tensors,
            FileChannel channel,
            long base,
            Map.Entry<String, JsonElement> entry,
            Path file)
            throws IOException {
        JsonObject tensor = entry.getValue().getAsJsonObject();
        String type = tensor.get("dtype").getAsString();
        if (SKIPPED.contains(type)) {
            return;
        }
        int width = WIDTHS.getOrDefault(type, 0);
        if (width == 0) {
            throw damaged(file, "'%s' has the unknown type '%s'".formatted(entry.getKey(), type));
        }
        int[] shape = new int[tensor.get("shape").getAsJsonArray().size()];
        long size = 1;
        for (int i = 0; i < shape.length; i++) {
            long extent = tensor.get("shape").getAsJsonArray().get(i).getAsLong();
            if (extent < 0 || extent > Integer.MAX_VALUE || (size *= extent) > Integer.MAX_VALUE) {
                throw damaged(file, "'%s' is too large".formatted(entry.getKey()));
            }
            shape[i] = (int) extent;
        }
        long from = tensor.get("data_offsets").getAsJsonArray().get(0).getAsLong();
        long to = tensor.get("data_offsets").getAsJsonArray().get(1).getAsLong();
        if (from < 0 || to - from != size * width || to > channel.size() - base) {
            throw damaged(
                    file,
                    "'%s' lies at %d..%d, which does not fit its shape or the file"
                            .formatted(entry.getKey(), from, to));
        }
        ByteBuffer data = bytes(channel, base + from, to - from, file);
        tensors.put(entry.getKey(), new Tensor(floats(data, type, (int) size), shape));
    }

    /**
     * The next numbers of a buffer as floats.
     *
     * @param type F64, F32, F16 or BF16
     */
    public static float[] floats(ByteBuffer data, String type, int size) {
        float[] values = new float[size];
        switch (type) {
            case "F32" -> data.asFloatBuffer().get(values);
            case "F64" -> {
                for (int i = 0; i < size; i++) {
                    values[i] = (float) data.getDouble();
                }
            }
            case "BF16" -> {
                for (int i = 0; i < size; i++) {
                    values[i] = Float.intBitsToFloat(data.getShort() << 16);
                }
            }
            default -> {
                for (int i = 0; i < size; i++) {
                    values[i] = half(data.getShort());
                }
            }
        }
        return values;
    }

    /** A number of 16 bits: sign, 5 bits of exponent, 10 of fraction (IEEE 754). */
    public static float half(short bits) {
        int sign = bits < 0 ? -1 : 1;
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0) {
            return sign * fraction * 0x1p-24f;
        }
        if (exponent == 31) {
            return fraction == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
        }
        return sign * Math.scalb(1 + fraction * 0x1p-10f, exponent - 15);
    }

    private static ByteBuffer bytes(FileChannel channel, long from, long length, Path file) throws IOException {
        if (from + length > channel.size() || length > Integer.MAX_VALUE - 8) {
            throw damaged(file, "it ends before byte %d".formatted(from + length));
        }
        ByteBuffer buffer = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw damaged(file, "it ends early");
            }
        }
        return buffer.flip();
    }

    private static DataException damaged(Path file, String problem) {
        return new DataException(
                "'%s' is no readable safetensors file: %s. Copy or download it again.".formatted(file, problem));
    }
}
