package org.autotuner.models.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The policies that AutoAugment found (Cubuk and others, arXiv 1805.09501, appendix, tables 7 to 9): each pair of operations with
 * their probabilities in tenths and strengths from 0 to 9.
 *
 * @param pairs 25
 */
record AutoAugmentTable(List<Pair> pairs) {

    /**
     * One operation of a pair.
     *
     * @param strength 0 to 9; 0 where the operation has none
     */
    record Choice(Operation operation, double probability, int strength) {}

    record Pair(Choice first, Choice second) {}

    private static final Map<String, Operation> NAMES = Map.ofEntries(
            Map.entry("shx", Operation.SHEAR_X),
            Map.entry("shy", Operation.SHEAR_Y),
            Map.entry("trx", Operation.TRANSLATE_X),
            Map.entry("try", Operation.TRANSLATE_Y),
            Map.entry("rot", Operation.ROTATE),
            Map.entry("aut", Operation.AUTOCONTRAST),
            Map.entry("inv", Operation.INVERT),
            Map.entry("equ", Operation.EQUALIZE),
            Map.entry("sol", Operation.SOLARIZE),
            Map.entry("pos", Operation.POSTERIZE),
            Map.entry("con", Operation.CONTRAST),
            Map.entry("col", Operation.COLOUR),
            Map.entry("bri", Operation.BRIGHTNESS),
            Map.entry("sha", Operation.SHARPNESS));

    /** Each pair: operation, probability in tenths, strength; twice. */
    private static final String CIFAR10 =
            """
            inv 1 0 con 2 6, rot 7 2 trx 3 9, sha 8 1 sha 9 3, shy 5 8 try 7 9, aut 5 0 equ 9 0,
            shy 2 7 pos 3 7, col 4 3 bri 6 7, sha 3 9 bri 7 9, equ 6 0 equ 5 0, con 6 7 sha 6 5,
            col 7 7 trx 5 8, equ 3 0 aut 4 0, try 4 3 sha 2 6, bri 9 6 col 2 8, sol 5 2 inv 0 0,
            equ 2 0 aut 6 0, equ 2 0 equ 6 0, col 9 9 equ 6 0, aut 8 0 sol 2 8, bri 1 3 col 7 0,
            sol 4 5 aut 9 0, try 9 9 try 7 9, aut 9 0 sol 8 3, equ 8 0 inv 1 0, try 7 9 aut 9 0
            """;

    private static final String SVHN =
            """
            shx 9 4 inv 2 0, shy 9 8 inv 7 0, equ 6 0 sol 6 6, inv 9 0 equ 6 0, equ 6 0 rot 9 3,
            shx 9 4 aut 8 0, shy 9 8 inv 4 0, shy 9 5 sol 2 6, inv 9 0 aut 8 0, equ 6 0 rot 9 3,
            shx 9 4 sol 3 3, shy 8 8 inv 7 0, equ 9 0 try 6 6, inv 9 0 equ 6 0, con 3 3 rot 8 4,
            inv 8 0 try 0 2, shy 7 6 sol 4 8, inv 6 0 rot 8 4, shy 3 7 trx 9 3, shx 1 6 inv 6 0,
            sol 7 2 try 6 7, shy 8 4 inv 8 0, shx 7 9 try 8 3, shy 8 5 aut 7 0, shx 7 2 inv 1 0
            """;

    private static final String IMAGENET =
            """
            pos 4 8 rot 6 9, sol 6 5 aut 6 0, equ 8 0 equ 6 0, pos 6 7 pos 6 6, equ 4 0 sol 2 4,
            equ 4 0 rot 8 8, sol 6 3 equ 6 0, pos 8 5 equ 10 0, rot 2 3 sol 6 8, equ 6 0 pos 4 6,
            rot 8 8 col 4 0, rot 4 9 equ 6 0, equ 0 0 equ 8 0, inv 6 0 equ 10 0, col 6 4 con 10 8,
            rot 8 8 col 10 2, col 8 8 sol 8 7, sha 4 7 inv 6 0, shx 6 5 equ 10 0, col 4 0 equ 6 0,
            equ 4 0 sol 2 4, sol 6 5 aut 6 0, inv 6 0 equ 10 0, col 6 4 con 10 8, equ 8 0 equ 6 0
            """;

    AutoAugmentTable {
        pairs = List.copyOf(pairs);
    }

    static AutoAugmentTable cifar10() {
        return parse(CIFAR10);
    }

    static AutoAugmentTable svhn() {
        return parse(SVHN);
    }

    static AutoAugmentTable imageNet() {
        return parse(IMAGENET);
    }

    private static AutoAugmentTable parse(String text) {
        List<Pair> pairs = new ArrayList<>();
        for (String pair : text.strip().split(",\\s*", -1)) {
            String[] words = pair.strip().split("\\s+", -1);
            pairs.add(new Pair(choice(words, 0), choice(words, 3)));
        }
        return new AutoAugmentTable(pairs);
    }

    private static Choice choice(String[] words, int from) {
        Operation operation = java.util.Objects.requireNonNull(NAMES.get(words[from]));
        return new Choice(operation, Integer.parseInt(words[from + 1]) / 10.0, Integer.parseInt(words[from + 2]));
    }
}
