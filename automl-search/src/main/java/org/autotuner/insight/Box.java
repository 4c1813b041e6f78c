package org.autotuner.insight;

import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a leaf of a tree lies: an interval per parameter, or a set of options for a choice. Immutable. */
final class Box {

    private final double[] low;
    private final double[] high;
    private final @Nullable BitSet[] options;
    private final int[] sizes;

    private Box(double[] low, double[] high, @Nullable BitSet[] options, int[] sizes) {
        this.low = low;
        this.high = high;
        this.options = options;
        this.sizes = sizes;
    }

    /** All of the space; {@code sizes} are the numbers of options, 0 for what is no choice. */
    static Box whole(int[] sizes) {
        double[] high = new double[sizes.length];
        @Nullable BitSet[] options = new BitSet[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            high[i] = 1;
            if (sizes[i] > 0) {
                BitSet all = new BitSet();
                all.set(0, sizes[i]);
                options[i] = all;
            }
        }
        return new Box(new double[sizes.length], high, options, sizes);
    }

    /** The part below, or not below, a place on an axis. */
    List<Box> cut(int axis, double place) {
        double[] below = high.clone();
        below[axis] = place;
        double[] above = low.clone();
        above[axis] = place;
        return List.of(new Box(low, below, options, sizes), new Box(above, high, options, sizes));
    }

    /** The part with these options of a choice, and the part with the others. */
    List<Box> cut(int axis, BitSet left) {
        BitSet own = options(axis);
        BitSet in = (BitSet) own.clone();
        in.and(left);
        BitSet out = (BitSet) own.clone();
        out.andNot(left);
        return List.of(with(axis, in), with(axis, out));
    }

    BitSet options(int axis) {
        return Objects.requireNonNull(options[axis]);
    }

    /** The share of an axis that the box covers. */
    double width(int axis) {
        return sizes[axis] > 0 ? options(axis).cardinality() / (double) sizes[axis] : high[axis] - low[axis];
    }

    /** The share of the space that the box covers. */
    double volume() {
        double volume = 1;
        for (int axis = 0; axis < sizes.length; axis++) {
            volume *= width(axis);
        }
        return volume;
    }

    /** The share of an axis that both boxes cover. */
    double overlap(int axis, Box other) {
        if (sizes[axis] > 0) {
            return shared(axis, other.options(axis)) / (double) sizes[axis];
        }
        return Math.max(0, Math.min(high[axis], other.high[axis]) - Math.max(low[axis], other.low[axis]));
    }

    /** Number of the given options that the box has. */
    int shared(int axis, BitSet given) {
        BitSet own = options(axis);
        int count = 0;
        for (int option = own.nextSetBit(0); option >= 0; option = own.nextSetBit(option + 1)) {
            count += given.get(option) ? 1 : 0;
        }
        return count;
    }

    /** Whether a place on an axis lies in the box. */
    boolean holds(int axis, double place) {
        if (sizes[axis] > 0) {
            return options(axis).get(option(place, sizes[axis]));
        }
        return place >= low[axis] && (place < high[axis] || high[axis] == 1);
    }

    static int option(double place, int size) {
        return (int) Math.min(size - 1.0, Math.max(0, Math.floor(place * size)));
    }

    private Box with(int axis, BitSet given) {
        @Nullable BitSet[] changed = options.clone();
        changed[axis] = given;
        return new Box(low, high, changed, sizes);
    }
}
