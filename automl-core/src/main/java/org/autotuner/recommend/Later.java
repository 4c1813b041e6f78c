package org.autotuner.recommend;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.autotuner.data.Table;

/** What users had later, and did not have before. */
final class Later {

    private Later() {}

    /** By each user who was known before. */
    static Map<String, Set<String>> of(Interactions before, Table later, String user, String item) {
        Interactions after = Interactions.of(later, user, item);
        Map<String, Set<String>> items = new HashMap<>();
        for (String name : after.users()) {
            int number = before.user(name);
            if (number < 0) {
                continue;
            }
            Set<String> fresh = new HashSet<>();
            for (int one : after.history(after.user(name))) {
                fresh.add(after.items().get(one));
            }
            for (int known : before.history(number)) {
                fresh.remove(before.items().get(known));
            }
            items.put(name, fresh);
        }
        return items;
    }
}
