package org.autotuner.models.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.autotuner.error.DataException;

/**
 * Reads the wire format of protocol buffers field by field: {@link #next()}, then one of the readers or {@link #skip()}.
 * Lengths are checked against the bytes that are there, so that a damaged file ends in a {@link DataException}. Not
 * thread-safe.
 */
final class ProtoReader {

    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int FIXED32 = 5;

    private final ByteBuffer in;
    private int field;
    private int type;

    ProtoReader(ByteBuffer in) {
        this.in = in.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Moves to the next field; false at the end. */
    boolean next() {
        if (!in.hasRemaining()) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        type = (int) (tag & 7);
        if (field <= 0 || tag >>> 32 != 0) {
            throw damaged("a field has the number " + (tag >>> 3));
        }
        return true;
    }

    /** Whether bytes are left; for packed numbers, which have no fields. */
    boolean hasMore() {
        return in.hasRemaining();
    }

    int field() {
        return field;
    }

    int type() {
        return type;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (!in.hasRemaining()) {
                throw damaged("it ends within a number");
            }
            byte b = in.get();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw damaged("a number has more than ten bytes");
    }

    /** The bytes of a field of type {@link #BYTES}; shared with the source. */
    ByteBuffer bytes() {
        if (type != BYTES) {
            throw damaged("field %d has the wire type %d instead of %d".formatted(field, type, BYTES));
        }
        long length = varint();
        if (length < 0 || length > in.remaining()) {
            throw damaged("field %d has %d bytes, but %d are left".formatted(field, length, in.remaining()));
        }
        ByteBuffer part = in.slice().limit((int) length).slice().order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + (int) length);
        return part;
    }

    ProtoReader message() {
        return new ProtoReader(bytes());
    }

    String text() {
        return StandardCharsets.UTF_8.decode(bytes()).toString();
    }

    void skip() {
        switch (type) {
            case VARINT -> varint();
            case FIXED64 -> jump(8);
            case BYTES -> bytes();
            case FIXED32 -> jump(4);
            default -> throw damaged("field %d has the unknown wire type %d".formatted(field, type));
        }
    }

    private void jump(int length) {
        if (in.remaining() < length) {
            throw damaged("it ends within a number");
        }
        in.position(in.position() + length);
    }

    private static DataException damaged(String problem) {
        return new DataException(
                "The ONNX file is damaged: %s. Copy it again, or use the artifact as published.".formatted(problem));
    }
}
