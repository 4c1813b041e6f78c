package org.autotuner.models.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.autotuner.error.DataException;
import org.autotuner.models.weights.SafetensorsFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tensors of an archive that PyTorch wrote: TorchScript, or a dictionary of weights. It is a ZIP file with a pickle
 * {@code data.pkl} and the numbers in {@code data/N}. The pickle is read as data: {@link PickleReader} builds nothing but
 * dictionaries, lists, texts, numbers and descriptions of tensors.
 */
final class TorchFile {

    private static final long MOST_PICKLE = 64L << 20;
    private static final long MOST_NUMBERS = 1L << 28;
    private static final int MOST_DEPTH = 32;
    /** A pickle may name a part again and again, so that a small file has more parts than anyone could walk through. */
    private static final int MOST_PARTS = 1_000_000;

    private TorchFile() {}

    static Map<String, float[]> read(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry pickle = zip.stream()
                    .filter(entry -> entry.getName().endsWith("/data.pkl"))
                    .findFirst()
                    .orElseThrow(() -> wrong(file, "it has no 'data.pkl'"));
            Object root = new PickleReader(bytes(zip, pickle, MOST_PICKLE, file)).read();
            String folder = pickle.getName().substring(0, pickle.getName().length() - "data.pkl".length());
            Map<String, float[]> tensors = new LinkedHashMap<>();
            collect(root, "", 0, new Place(zip, folder, file, new AtomicInteger()), tensors);
            return tensors;
        } catch (IOException e) {
            throw new DataException("The file '%s' of weights cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** Where the numbers lie, and how many parts have been looked at. */
    private record Place(ZipFile zip, String folder, Path file, AtomicInteger parts) {}

    private static void collect(
            @Nullable Object value, String name, int depth, Place place, Map<String, float[]> tensors)
            throws IOException {
        if (depth > MOST_DEPTH || place.parts().incrementAndGet() > MOST_PARTS) {
            throw wrong(place.file(), "its parts are too many, or lie too deep in one another");
        }
        if (value instanceof PickleReader.Tensor tensor) {
            if (tensor.isFloating()) {
                tensors.put(name, floats(tensor, place));
            }
        } else if (value instanceof Map<?, ?> parts) {
            for (Map.Entry<?, ?> part : parts.entrySet()) {
                String inner = name.isEmpty() ? String.valueOf(part.getKey()) : name + "." + part.getKey();
                collect(part.getValue(), inner, depth + 1, place, tensors);
            }
        }
    }

    private static float[] floats(PickleReader.Tensor tensor, Place place) throws IOException {
        String name = place.folder() + "data/" + tensor.key();
        ZipEntry entry = place.zip().getEntry(name);
        if (entry == null) {
            throw wrong(place.file(), "it has no '%s'".formatted(name));
        }
        int unit = tensor.bytes();
        long count = 1;
        for (long side : tensor.shape()) {
            if (side < 0 || side > MOST_NUMBERS || count * side > MOST_NUMBERS) {
                throw wrong(place.file(), "a tensor has the shape %s".formatted(tensor.shape()));
            }
            count *= side;
        }
        List<Long> dense = tensor.denseStrides();
        if (count > 0 && !tensor.strides().equals(dense)) {
            throw wrong(place.file(), "a tensor does not lie row by row (strides %s)".formatted(tensor.strides()));
        }
        byte[] bytes = bytes(place.zip(), entry, MOST_NUMBERS * 4, place.file());
        if (tensor.offset() < 0 || (tensor.offset() + count) * unit > bytes.length) {
            throw wrong(place.file(), "a tensor reaches beyond '%s'".formatted(name));
        }
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        numbers.position((int) (tensor.offset() * unit));
        return SafetensorsFile.floats(numbers, tensor.type(), (int) count);
    }

    private static byte[] bytes(ZipFile zip, ZipEntry entry, long most, Path file) throws IOException {
        if (entry.getSize() < 0 || entry.getSize() > most) {
            throw wrong(file, "'%s' has %d bytes".formatted(entry.getName(), entry.getSize()));
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) entry.getSize());
            if (bytes.length != entry.getSize()) {
                throw wrong(file, "'%s' ends too early".formatted(entry.getName()));
            }
            return bytes;
        }
    }

    static DataException wrong(Path file, String problem) {
        return new DataException(
                "The file '%s' is no archive of weights that can be read: %s. Write the weights as safetensors."
                        .formatted(file, problem));
    }
}
