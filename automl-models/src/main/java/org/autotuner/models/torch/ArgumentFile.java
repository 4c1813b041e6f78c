package org.autotuner.models.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The arguments of a script's call as files. */
final class ArgumentFile {

    private ArgumentFile() {}

    static void write(List<?> arguments, Path folder) throws IOException {
        List<String> index = new ArrayList<>();
        long position = 0;
        try (OutputStream out = Files.newOutputStream(folder.resolve("arguments.bin"))) {
            for (Object argument : arguments) {
                boolean isList = argument instanceof NDList;
                NDList tensors = isList ? (NDList) argument : new NDList((NDArray) argument);
                List<String> parts = new ArrayList<>();
                for (NDArray tensor : tensors) {
                    ByteBuffer buffer = tensor.toByteBuffer();
                    byte[] bytes = new byte[buffer.remaining()];
                    buffer.get(bytes);
                    out.write(bytes);
                    parts.add("{\"type\": \"%s\", \"shape\": %s, \"from\": %d}"
                            .formatted(
                                    tensor.getDataType().name().toLowerCase(Locale.ROOT),
                                    Arrays.toString(tensor.getShape().getShape()),
                                    position));
                    position += bytes.length;
                }
                index.add("{\"list\": %s, \"tensors\": [%s]}".formatted(isList, String.join(", ", parts)));
            }
        }
        Files.writeString(
                folder.resolve("arguments.json"), index.stream().collect(Collectors.joining(",\n", "[", "]\n")));
    }
}
