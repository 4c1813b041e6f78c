package org.autotuner.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.autotuner.bundle.Node;
import org.autotuner.data.Table;
import org.autotuner.error.BundleException;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

class DamagedPreparationTest {

    private static final Table TABLE = RandomTables.table(200, 1);

    private static Node written(PreparationPlan plan) {
        Node node = Node.root();
        plan.fit(
                        TABLE,
                        RandomTables.target(RandomTables.BINARY, 200, 1),
                        Weights.none(),
                        RandomTables.context(RandomTables.BINARY, 1))
                .preparation()
                .write(node);
        return node;
    }

    private static List<Node> all(Node root) {
        List<Node> nodes = new ArrayList<>(List.of(root));
        for (Node encoder : root.nodes("encoders")) {
            nodes.add(encoder);
            for (String child : List.of("first", "second")) {
                if (encoder.has(child)) {
                    nodes.add(encoder.node(child));
                }
            }
            if (encoder.has("scalings")) {
                nodes.addAll(encoder.nodes("scalings"));
            }
        }
        return nodes;
    }

    /** Changes that put another number, another length or another type in the place of a value. */
    private static List<Consumer<Node>> damages(String name, SplittableRandom random) {
        return List.of(
                node -> node.put(name, random.nextLong(-3, 1000)),
                node -> node.put(name, random.nextBoolean() ? Double.NaN : random.nextDouble()),
                node -> node.put(name, random.ints(random.nextInt(5), -3, 9).toArray()),
                node -> node.put(name, random.longs(random.nextInt(5), -3, 9).toArray()),
                node -> node.put(name, random.doubles(random.nextInt(5)).toArray()),
                node -> node.put(name, new float[random.nextInt(400)]),
                node -> node.put(name, new float[] {Float.NaN}),
                node -> node.putTexts(name, List.of("x", "x")),
                node -> node.put(name, "x"),
                node -> node.put(name, true),
                node -> node.list(name));
    }

    @Test
    void aDamagedFileIsRefusedOrWorks() {
        SplittableRandom random = new SplittableRandom(11);
        int refused = 0;
        for (PreparationPlan plan : RandomTables.plans()) {
            for (int round = 0; round < 60; round++) {
                Node node = written(plan.withTargetStatistics(round % 2 == 0));
                List<Node> nodes = all(node);
                Node victim = nodes.get(random.nextInt(nodes.size()));
                List<String> names = List.copyOf(victim.names());
                String name = names.get(random.nextInt(names.size()));
                List<Consumer<Node>> damages = damages(name, random);
                damages.get(random.nextInt(damages.size())).accept(victim);
                FittedPreparation read;
                try {
                    read = FittedPreparations.read(node);
                } catch (BundleException expected) {
                    refused++;
                    continue;
                }
                if (!name.equals("columns") && !name.equals("types")) {
                    assertThat(read.transform(TABLE).rows())
                            .as(plan + " " + name)
                            .isEqualTo(200);
                }
                if (round > 6) {
                    break;
                }
            }
        }
        assertThat(refused).isGreaterThan(100);
    }

    @Test
    void theMessageNamesThePlace() {
        Node node = written(PreparationPlan.forTrees());
        node.nodes("encoders").get(0).put("kind", "martian");
        assertThatThrownBy(() -> FittedPreparations.read(node))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("/encoders/0/kind")
                .hasMessageContaining("martian");
    }
}
