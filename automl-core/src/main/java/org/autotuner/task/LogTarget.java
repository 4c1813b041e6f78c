package org.autotuner.task;

import org.autotuner.bundle.Node;

/**
 * {@code log(value + shift)}. Values below the smallest one in training go on linearly there, so that nothing is undefined.
 *
 * @param shift 0 where all training values are above 0
 * @param floor {@code value + shift} from which on the logarithm is taken, above 0
 */
public record LogTarget(double shift, double floor) implements TargetTransform {

    /** @param sorted ascending, at least one */
    static LogTarget fit(double[] sorted) {
        double least = sorted[0];
        if (least > 0) {
            return new LogTarget(0, least / 2);
        }
        double spread = sorted[sorted.length / 2] - least;
        double range = sorted[sorted.length - 1] - least;
        double unit = spread > 0 ? spread : range > 0 ? range : 1;
        return new LogTarget(unit - least, unit / 2);
    }

    @Override
    public Kind kind() {
        return Kind.LOG;
    }

    @Override
    public double apply(double value) {
        double shifted = value + shift;
        return shifted >= floor ? Math.log(shifted) : Math.log(floor) + shifted / floor - 1;
    }

    @Override
    public double undo(double changed) {
        double edge = Math.log(floor);
        double shifted = changed >= edge ? Math.exp(changed) : floor * (changed - edge + 1);
        return shifted - shift;
    }

    @Override
    public void write(Node node) {
        node.put("kind", kind().id()).put("shift", shift).put("floor", floor);
    }

    static LogTarget read(Node node) {
        double shift = node.real("shift");
        double floor = node.real("floor");
        if (!Double.isFinite(shift) || !(floor > 0) || Double.isInfinite(floor)) {
            throw node.wrong("floor", "is %s with the shift %s, but no logarithm begins there".formatted(floor, shift));
        }
        return new LogTarget(shift, floor);
    }
}
