package org.autotuner.models.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.autotuner.train.ParameterGroup;

/** Which parameters are updated alike: they lie together in one list each. */
final class ParameterGroups {

    /**
     * Parameters of one rate and decay.
     *
     * @param members their numbers in the registry
     */
    record Group(double rateFactor, double decayFactor, List<Integer> members) {}

    private ParameterGroups() {}

    /** The groups, in the order of their first parameters. */
    static List<Group> of(Registry registry, List<ParameterGroup> asked) {
        List<Group> groups = new ArrayList<>();
        List<Registry.Parameter> parameters = registry.parameters();
        for (int number = 0; number < parameters.size(); number++) {
            String name = parameters.get(number).name();
            Optional<ParameterGroup> own = ParameterGroup.of(name, asked);
            double rate = own.map(ParameterGroup::rateFactor).orElse(1.0);
            double decay = own.map(ParameterGroup::decayFactor).orElse(1.0);
            int found = 0;
            while (found < groups.size() && !isLike(groups.get(found), rate, decay)) {
                found++;
            }
            if (found == groups.size()) {
                groups.add(new Group(rate, decay, new ArrayList<>()));
            }
            groups.get(found).members().add(number);
        }
        return groups;
    }

    /** Position of every parameter where the groups' lists are put one behind the other. */
    static List<Integer> positions(List<Group> groups) {
        Map<Integer, Integer> positions = new TreeMap<>();
        int position = 0;
        for (Group group : groups) {
            for (int member : group.members()) {
                positions.put(member, position++);
            }
        }
        return List.copyOf(positions.values());
    }

    private static boolean isLike(Group group, double rate, double decay) {
        return group.rateFactor() == rate && group.decayFactor() == decay;
    }
}
