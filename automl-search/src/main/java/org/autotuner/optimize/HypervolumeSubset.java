package org.autotuner.optimize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.autotuner.optimize.ParetoPopulation.Member;

/** Members that together have much hypervolume; the reference lies a tenth of the range beyond the worst values. */
final class HypervolumeSubset {

    private HypervolumeSubset() {}

    /**
     * So many members of a front, each the one that adds most to those before; as hypervolume is submodular, what a member
     * added before bounds what it adds now, and few have to be computed again (Minoux: Accelerated Greedy Algorithms for
     * Maximizing Submodular Set Functions, 1978).
     */
    static List<Member> of(List<Member> front, int count) {
        double[] reference = reference(front);
        List<Member> chosen = new ArrayList<>();
        List<double[]> points = new ArrayList<>();
        double[] bounds = new double[front.size()];
        Arrays.fill(bounds, Double.POSITIVE_INFINITY);
        double volume = 0;
        while (chosen.size() < count) {
            int best = -1;
            double most = -1;
            for (int at = largest(bounds, -1); at >= 0 && bounds[at] > most; at = largest(bounds, best)) {
                points.add(front.get(at).values());
                bounds[at] = Math.max(0, Pareto.hypervolume(points, reference) - volume);
                points.remove(points.size() - 1);
                if (bounds[at] > most) {
                    best = at;
                    most = bounds[at];
                }
            }
            chosen.add(front.get(best));
            points.add(front.get(best).values());
            volume += most;
            bounds[best] = Double.NEGATIVE_INFINITY;
        }
        return chosen;
    }

    /** What each member adds to all others; 0 for those that break constraints. */
    static double[] contributions(List<Member> members) {
        List<Member> feasible =
                members.stream().filter(member -> member.violation() == 0).toList();
        double[] added = new double[members.size()];
        if (feasible.isEmpty()) {
            return added;
        }
        double[] reference = reference(feasible);
        double whole = Pareto.hypervolume(feasible.stream().map(Member::values).toList(), reference);
        for (int i = 0; i < added.length; i++) {
            Member member = members.get(i);
            if (member.violation() == 0) {
                added[i] = whole
                        - Pareto.hypervolume(
                                feasible.stream()
                                        .filter(other -> other.number() != member.number())
                                        .map(Member::values)
                                        .toList(),
                                reference);
            }
        }
        return added;
    }

    /** The index of the largest bound but that of {@code without}; -1 if none is left. */
    private static int largest(double[] bounds, int without) {
        int largest = -1;
        for (int i = 0; i < bounds.length; i++) {
            if (i != without && bounds[i] > Double.NEGATIVE_INFINITY && (largest < 0 || bounds[i] > bounds[largest])) {
                largest = i;
            }
        }
        return largest;
    }

    private static double[] reference(List<Member> members) {
        double[] low = members.get(0).values().clone();
        double[] high = low.clone();
        for (Member member : members) {
            for (int i = 0; i < low.length; i++) {
                low[i] = Math.min(low[i], member.values()[i]);
                high[i] = Math.max(high[i], member.values()[i]);
            }
        }
        for (int i = 0; i < low.length; i++) {
            high[i] += high[i] > low[i] ? 0.1 * (high[i] - low[i]) : Math.max(1e-12, 0.1 * Math.abs(high[i]));
        }
        return high;
    }
}
