package org.autotuner.recommend;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.autotuner.data.Table;

/** What users had later, and did not have before. */
final class Later {

    private final Map<String, Set<String>> items;

    private Later(Map<String, Set<String>> items) {
        this.items = items;
    }

    static Later of(Interactions before, Table later, String user, String item) {
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
        return new Later(items);
    }

    RankingReport measure(int length, BiFunction<String, Integer, List<RankedItem>> lists) {
        return RankingReport.of(
                items.keySet().stream().sorted().toList(),
                lists,
                (user, item) -> items.getOrDefault(user, Set.of()).contains(item),
                user -> items.getOrDefault(user, Set.of()).size(),
                length);
    }
}
