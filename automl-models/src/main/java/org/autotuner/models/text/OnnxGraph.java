package org.autotuner.models.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.autotuner.error.DataException;
import org.autotuner.models.weights.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Initialisers (weights) and nodes of an ONNX model, nothing else of it: floats of 32 bits, in raw or plain fields. See
 * onnx.proto3: ModelProto.graph = 7; GraphProto.node = 1, initializer = 5; NodeProto.input = 1, output = 2, op_type = 4;
 * TensorProto.dims = 1, data_type = 2, float_data = 4, name = 8, raw_data = 9.
 */
final class OnnxGraph {

    private static final int FLOAT = 1;

    /** An operation with the names of what it reads and writes. */
    record Operation(String kind, List<String> inputs, List<String> outputs) {}

    private final Map<String, Tensor> initializers = new HashMap<>();
    private final List<Operation> operations = new ArrayList<>();

    private OnnxGraph() {}

    /**
     * Reads a model.
     *
     * @throws DataException if it is damaged or holds no graph
     */
    static OnnxGraph read(ByteBuffer file) {
        ProtoReader model = new ProtoReader(file);
        OnnxGraph graph = null;
        while (model.next()) {
            if (model.field() == 7) {
                graph = graph(model.message());
            } else {
                model.skip();
            }
        }
        if (graph == null) {
            throw new DataException("The ONNX file holds no graph. Use the artifact as published.");
        }
        return graph;
    }

    /** Weights of 32-bit floats by name. */
    Map<String, Tensor> initializers() {
        return initializers;
    }

    List<Operation> operations() {
        return operations;
    }

    private static OnnxGraph graph(ProtoReader in) {
        OnnxGraph graph = new OnnxGraph();
        while (in.next()) {
            if (in.field() == 1) {
                graph.operations.add(operation(in.message()));
            } else if (in.field() == 5) {
                graph.addTensor(in.message());
            } else {
                in.skip();
            }
        }
        return graph;
    }

    private static Operation operation(ProtoReader in) {
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        String kind = "";
        while (in.next()) {
            switch (in.field()) {
                case 1 -> inputs.add(in.text());
                case 2 -> outputs.add(in.text());
                case 4 -> kind = in.text();
                default -> in.skip();
            }
        }
        return new Operation(kind, List.copyOf(inputs), List.copyOf(outputs));
    }

    private void addTensor(ProtoReader in) {
        List<Long> dims = new ArrayList<>();
        String name = "";
        long type = 0;
        @Nullable ByteBuffer data = null;
        while (in.next()) {
            if (in.field() == 1 && in.type() == ProtoReader.BYTES) {
                ProtoReader packed = in.message();
                while (packed.hasMore()) {
                    dims.add(packed.varint());
                }
            } else if (in.field() == 1) {
                dims.add(in.varint());
            } else if (in.field() == 2) {
                type = in.varint();
            } else if (in.field() == 8) {
                name = in.text();
            } else if (in.field() == 9 || (in.field() == 4 && in.type() == ProtoReader.BYTES)) {
                data = in.bytes();
            } else {
                in.skip();
            }
        }
        if (type == FLOAT && data != null) {
            initializers.put(name, tensor(name, dims, data));
        }
    }

    private static Tensor tensor(String name, List<Long> dims, ByteBuffer data) {
        int[] shape = new int[dims.size()];
        long size = 1;
        for (int i = 0; i < shape.length; i++) {
            long length = dims.get(i);
            if (length < 0 || length > Integer.MAX_VALUE || (size *= length) > Integer.MAX_VALUE) {
                throw new DataException("The ONNX file is damaged: '%s' has the dimensions %s.".formatted(name, dims));
            }
            shape[i] = (int) length;
        }
        if (data.remaining() != 4 * size) {
            throw new DataException("The ONNX file is damaged: '%s' has %d bytes for the dimensions %s."
                    .formatted(name, data.remaining(), dims));
        }
        float[] values = new float[(int) size];
        data.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return new Tensor(values, shape);
    }
}
