package org.autotuner.models.torch;

import java.util.List;

/**
 * A network, or several independent ones of one shape.
 *
 * @param numbers how many number inputs
 * @param codes how many columns of category codes
 * @param layers in order; the first makes {@code h} of the inputs
 * @param outputs per row and member
 * @param members that share a body: what {@link MemberHeads} has, else 1
 * @param networks trained at once, each with its own weights and rows
 */
public record NetworkPlan(int numbers, int codes, List<Layer> layers, int outputs, int members, int networks) {

    public NetworkPlan {
        layers = List.copyOf(layers);
        if (numbers + codes < 1 || outputs < 1 || members < 1 || networks < 1) {
            throw new IllegalArgumentException(
                    "A network needs an input, an output and a member, but has %d numbers, %d codes, %d outputs, %d members, %d networks."
                            .formatted(numbers, codes, outputs, members, networks));
        }
    }
}
