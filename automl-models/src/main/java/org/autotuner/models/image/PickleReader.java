package org.autotuner.models.image;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autotuner.error.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Reads pickles of protocol 2, as PyTorch writes them, as data. Classes are names only and are never looked up: an object becomes
 * the dictionary of its state, a tensor the description of where its numbers lie, and every other call nothing at all. Not
 * thread-safe.
 */
final class PickleReader {

    private static final Object MARK = new Object();

    private final byte[] bytes;
    private final List<@Nullable Object> stack = new ArrayList<>();
    private final Map<Integer, @Nullable Object> memo = new HashMap<>();
    private int at;

    PickleReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The name of a class or function. */
    private record Global(String name) {}

    /** Numbers in an entry of the archive. */
    private record Storage(String type, String key) {}

    /**
     * A tensor.
     *
     * @param storage name of its storage's class, such as FloatStorage
     * @param key of the entry that holds the numbers
     * @param offset of its first number
     */
    record Tensor(String storage, String key, long offset, List<Long> shape, List<Long> strides) {

        private static final Map<String, String> TYPES =
                Map.of("FloatStorage", "F32", "DoubleStorage", "F64", "HalfStorage", "F16", "BFloat16Storage", "BF16");

        boolean isFloating() {
            return TYPES.containsKey(storage);
        }

        /** The type of its numbers as safetensors name it. */
        String type() {
            return TYPES.getOrDefault(storage, "");
        }

        int bytes() {
            return storage.equals("DoubleStorage") ? 8 : storage.equals("FloatStorage") ? 4 : 2;
        }

        /** Strides of numbers that lie row by row; those of sides of length 1 are taken over. */
        List<Long> denseStrides() {
            List<Long> dense = new ArrayList<>(strides);
            long step = 1;
            for (int i = shape.size() - 1; i >= 0; i--) {
                if (shape.get(i) != 1 || i >= strides.size()) {
                    dense.set(i, step);
                }
                step *= shape.get(i);
            }
            return dense;
        }
    }

    @Nullable
    Object read() {
        try {
            while (true) {
                int code = next();
                if (code == '.') {
                    return pop();
                }
                step(code);
            }
        } catch (IndexOutOfBoundsException | ClassCastException | NullPointerException | IllegalArgumentException e) {
            throw new DataException("The pickle of the archive is damaged at byte %d (%s).".formatted(at, e), e);
        }
    }

    private void step(int code) {
        switch (code) {
            case 0x80 -> next(); // protocol
            case '(' -> stack.add(MARK);
            case ')' -> stack.add(List.of());
            case ']' -> stack.add(new ArrayList<>());
            case '}' -> stack.add(new LinkedHashMap<>());
            case 'N' -> stack.add(null);
            case 0x88 -> stack.add(true);
            case 0x89 -> stack.add(false);
            case 'K' -> stack.add((long) next());
            case 'M' -> stack.add(little(2));
            case 'J' -> stack.add((long) (int) little(4));
            case 0x8a -> stack.add(signed(next()));
            case 'G' -> stack.add(Double.longBitsToDouble(big()));
            case 'X' -> stack.add(text((int) little(4)));
            case 0x8c -> stack.add(text(next()));
            case 'T' -> stack.add(text((int) little(4)));
            case 'U' -> stack.add(text(next()));
            case 'c' -> stack.add(new Global(line() + "." + line()));
            case 'q' -> memo.put(next(), top());
            case 'r' -> memo.put((int) little(4), top());
            case 'h' -> stack.add(memo.get(next()));
            case 'j' -> stack.add(memo.get((int) little(4)));
            case 't' -> stack.add(sinceMark());
            case 0x85 -> stack.add(last(1));
            case 0x86 -> stack.add(last(2));
            case 0x87 -> stack.add(last(3));
            case 'a' -> {
                Object value = pop();
                list(top()).add(value);
            }
            case 'e' -> {
                List<@Nullable Object> values = sinceMark();
                list(top()).addAll(values);
            }
            case 's' -> {
                List<@Nullable Object> pair = last(2);
                map(top()).put(pair.get(0), pair.get(1));
            }
            case 'u' -> {
                List<@Nullable Object> pairs = sinceMark();
                Map<@Nullable Object, @Nullable Object> map = map(top());
                for (int i = 0; i + 1 < pairs.size(); i += 2) {
                    map.put(pairs.get(i), pairs.get(i + 1));
                }
            }
            case 'Q' -> stack.add(storage((List<?>) java.util.Objects.requireNonNull(pop())));
            case 0x81 -> {
                last(2);
                stack.add(new LinkedHashMap<>());
            }
            case 'R' -> {
                List<@Nullable Object> call = last(2);
                stack.add(result((Global) java.util.Objects.requireNonNull(call.get(0)), (List<?>)
                        java.util.Objects.requireNonNull(call.get(1))));
            }
            case 'b' -> {
                Object state = pop();
                if (state instanceof Map<?, ?> parts && top() instanceof Map<?, ?>) {
                    map(top()).putAll(parts);
                }
            }
            default -> throw new IllegalArgumentException("unknown code " + code);
        }
    }

    /** What a function of PyTorch would make; others make nothing. */
    private static @Nullable Object result(Global function, List<?> arguments) {
        return switch (function.name()) {
            case "torch._utils._rebuild_tensor_v2" -> {
                Storage storage = (Storage) arguments.get(0);
                yield new Tensor(
                        storage.type(),
                        storage.key(),
                        (Long) arguments.get(1),
                        longs((List<?>) arguments.get(2)),
                        longs((List<?>) arguments.get(3)));
            }
            case "torch._utils._rebuild_parameter" -> arguments.get(0);
            case "collections.OrderedDict" -> new LinkedHashMap<>();
            default -> null;
        };
    }

    private static List<Long> longs(List<?> values) {
        return values.stream().map(value -> (Long) value).toList();
    }

    /** {@code ("storage", class, key, device, count)}. */
    private static Storage storage(List<?> id) {
        String name = ((Global) id.get(1)).name();
        return new Storage(name.substring(name.lastIndexOf('.') + 1), (String) id.get(2));
    }

    private int next() {
        return bytes[at++] & 0xff;
    }

    private long little(int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (long) next() << (8 * i);
        }
        return value;
    }

    private long signed(int count) {
        if (count > 8) {
            throw new IllegalArgumentException("a number of %d bytes".formatted(count));
        }
        long value = little(count);
        return count == 0 || count == 8 ? value : value << (64 - 8 * count) >> (64 - 8 * count);
    }

    private long big() {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | next();
        }
        return value;
    }

    private String text(int length) {
        if (length < 0 || length > bytes.length - at) {
            throw new IllegalArgumentException("a text of %d bytes".formatted(length));
        }
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    private String line() {
        int from = at;
        while (next() != '\n') {
            // up to the end of the line
        }
        return new String(Arrays.copyOfRange(bytes, from, at - 1), StandardCharsets.UTF_8);
    }

    private @Nullable Object pop() {
        return stack.remove(stack.size() - 1);
    }

    private @Nullable Object top() {
        return stack.get(stack.size() - 1);
    }

    private List<@Nullable Object> last(int count) {
        List<@Nullable Object> tail = stack.subList(stack.size() - count, stack.size());
        List<@Nullable Object> values = new ArrayList<>(tail);
        tail.clear();
        return values;
    }

    private List<@Nullable Object> sinceMark() {
        int mark = stack.lastIndexOf(MARK);
        List<@Nullable Object> values = last(stack.size() - mark - 1);
        pop();
        return values;
    }

    @SuppressWarnings("unchecked") // lists and maps on the stack are made here
    private static List<@Nullable Object> list(@Nullable Object value) {
        return (List<@Nullable Object>) java.util.Objects.requireNonNull(value);
    }

    @SuppressWarnings("unchecked")
    private static Map<@Nullable Object, @Nullable Object> map(@Nullable Object value) {
        return (Map<@Nullable Object, @Nullable Object>) java.util.Objects.requireNonNull(value);
    }
}
