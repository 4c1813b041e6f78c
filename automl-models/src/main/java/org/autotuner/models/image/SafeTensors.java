package org.autotuner.models.image;

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
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.autotuner.error.DataException;

/**
 * Reads files of the safetensors format: 8 bytes with the length of a JSON header, the header (for each tensor {@code dtype},
 * {@code shape} and {@code data_offsets}), the numbers, little-endian. Floating-point tensors become floats, others are left out.
 * Lengths and offsets are checked before anything is read.
 */
final class SafeTensors {

    private static final long MOST_HEADER = 64L << 20;
    private static final long MOST_NUMBERS = 1L << 28;

    private SafeTensors() {}

    /** The tensors by name. */
    static Map<String, float[]> read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long length = read(channel, file, 0, 8).getLong();
            if (length < 2 || length > MOST_HEADER || length > channel.size() - 8) {
                throw wrong(file, "its header would be %d bytes long".formatted(length));
            }
            ByteBuffer bytes = read(channel, file, 8, (int) length);
            JsonElement header =
                    JsonParser.parseString(StandardCharsets.UTF_8.decode(bytes).toString());
            Map<String, float[]> tensors = new LinkedHashMap<>();
            for (Map.Entry<String, JsonElement> entry : header.getAsJsonObject().entrySet()) {
                if (!entry.getKey().equals("__metadata__")) {
                    JsonObject tensor = entry.getValue().getAsJsonObject();
                    String type = tensor.get("dtype").getAsString();
                    if (type.equals("F32") || type.equals("F16") || type.equals("BF16") || type.equals("F64")) {
                        tensors.put(entry.getKey(), tensor(channel, file, entry.getKey(), tensor, type, 8 + length));
                    }
                }
            }
            return tensors;
        } catch (IOException e) {
            throw new DataException("The file '%s' of weights cannot be read: %s".formatted(file, e.getMessage()), e);
        } catch (JsonParseException
                | IllegalStateException
                | NumberFormatException
                | NullPointerException
                | UnsupportedOperationException e) {
            DataException wrong = wrong(file, "its header is not as the format says (%s)".formatted(e.getMessage()));
            wrong.addSuppressed(e);
            throw wrong;
        }
    }

    private static float[] tensor(
            FileChannel channel, Path file, String name, JsonObject tensor, String type, long base) throws IOException {
        int unit = type.equals("F64") ? 8 : type.equals("F32") ? 4 : 2;
        long count = 1;
        for (JsonElement length : tensor.getAsJsonArray("shape")) {
            long side = length.getAsLong();
            if (side < 0 || side > MOST_NUMBERS || count * side > MOST_NUMBERS) {
                throw wrong(file, "the shape of '%s' is %s".formatted(name, tensor.get("shape")));
            }
            count *= side;
        }
        long from = tensor.getAsJsonArray("data_offsets").get(0).getAsLong();
        long to = tensor.getAsJsonArray("data_offsets").get(1).getAsLong();
        if (from < 0 || to - from != count * unit || to > channel.size() - base || count * unit > Integer.MAX_VALUE) {
            throw wrong(file, "'%s' would lie at bytes %d to %d".formatted(name, from, to));
        }
        ByteBuffer bytes = read(channel, file, base + from, (int) (count * unit));
        float[] values = new float[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case "F64" -> (float) bytes.getDouble();
                case "F32" -> bytes.getFloat();
                case "BF16" -> Float.intBitsToFloat(bytes.getShort() << 16);
                default -> half(bytes.getShort());
            };
        }
        return values;
    }

    /** A number of 16 bits, IEEE 754. */
    static float half(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0) {
            float small = fraction * 0x1p-24f;
            return sign != 0 ? -small : small;
        }
        int wide = exponent == 0x1f ? 0xff : exponent + 112;
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }

    private static ByteBuffer read(FileChannel channel, Path file, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw wrong(file, "it ends too early");
            }
        }
        return bytes.flip();
    }

    private static DataException wrong(Path file, String problem) {
        return new DataException(
                "The file '%s' is no file of safetensors: %s. Get or write it again.".formatted(file, problem));
    }
}
