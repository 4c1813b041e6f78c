package org.autotuner.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.BiFunction;
import org.autotuner.error.BundleException;
import org.junit.jupiter.api.Test;

class NodeTest {

    @Test
    void integersLieWithinTheirBoundsOrTheMessageSaysWhere() {
        Node node = Node.root();
        Node inner = node.child("tree");
        inner.put("low", -2).put("high", 5).put("below", -3).put("above", 6).put("large", 1L << 40);
        assertThat(inner.integer("low", -2, 5)).isEqualTo(-2);
        assertThat(inner.integer("high", -2, 5)).isEqualTo(5);
        assertThatThrownBy(() -> inner.integer("below", -2, 5))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("'/tree/below' is -3, outside -2..5");
        assertThatThrownBy(() -> inner.integer("above", -2, 5)).hasMessageContaining("is 6");
        // As an int it would be 0.
        assertThatThrownBy(() -> inner.integer("large", -2, 5)).hasMessageContaining("is 1099511627776");
    }

    @Test
    void valuesAreReadAsWhatTheyAreOnly() {
        Node node = Node.root()
                .put("text", "a")
                .put("number", 1)
                .put("real", 0.5)
                .put("no", false)
                .put("yes", true)
                .put("bytes", new byte[] {1})
                .put("ints", new int[] {2})
                .put("longs", new long[] {3})
                .put("floats", new float[] {4})
                .put("doubles", new double[] {5})
                .putTexts("texts", List.of("b"));
        node.append("nodes").put("c", 6);
        node.child("node").put("d", 7);
        assertThat(node.text("text")).isEqualTo("a");
        assertThat(node.flag("no")).isFalse();
        assertThat(node.flag("yes")).isTrue();
        assertThat(node.bytes("bytes")).containsExactly(1);
        assertThat(node.longs("longs")).containsExactly(3);
        assertThat(node.floats("floats")).containsExactly(4);
        assertThat(node.texts("texts")).containsExactly("b");
        assertThat(node.node("node").number("d")).isEqualTo(7);
        List<BiFunction<Node, String, Object>> readers = List.of(
                Node::text,
                Node::number,
                Node::real,
                Node::flag,
                Node::bytes,
                Node::ints,
                Node::longs,
                Node::floats,
                Node::doubles,
                Node::texts,
                Node::node,
                Node::nodes);
        for (BiFunction<Node, String, Object> reader : readers) {
            int read = 0;
            for (String name : node.names()) {
                try {
                    reader.apply(node, name);
                    read++;
                } catch (BundleException e) {
                    assertThat(e).hasMessageContaining("'/" + name + "' is not a ");
                }
            }
            // The two flags are of one type.
            assertThat(read).isBetween(1, 2);
            assertThatThrownBy(() -> reader.apply(node, "none"))
                    .isInstanceOf(BundleException.class)
                    .hasMessageContaining("'/none' is absent");
        }
    }

    @Test
    void aCopiedNodeHoldsAllThatWasThereAndNamesItsNewPlace() {
        Node content = Node.root().put("a", 1);
        content.child("inner").put("b", new int[] {2});
        content.append("list").put("c", "x");
        content.append("list").append("deep").put("d", 0.5);
        content.list("empty");
        Node root = Node.root();
        Node copy = root.child("copy", content);
        content.node("inner").put("later", 3);
        content.nodes("list").get(0).put("later", 3);
        content.append("list");

        assertThat(root.node("copy")).isSameAs(copy);
        assertThat(copy.names()).containsExactly("a", "inner", "list", "empty");
        assertThat(copy.number("a")).isEqualTo(1);
        assertThat(copy.node("inner").ints("b")).containsExactly(2);
        assertThat(copy.node("inner").has("later")).isFalse();
        assertThat(copy.nodes("list")).hasSize(2);
        assertThat(copy.nodes("list").get(0).names()).containsExactly("c");
        assertThat(copy.nodes("list").get(1).nodes("deep").get(0).real("d")).isEqualTo(0.5);
        assertThat(copy.nodes("empty")).isEmpty();
        assertThatThrownBy(() -> copy.nodes("list").get(1).nodes("deep").get(0).text("d"))
                .hasMessageContaining("'/copy/list/1/deep/0/d'");
        assertThatThrownBy(() -> copy.node("inner").text("b")).hasMessageContaining("'/copy/inner/b'");
    }

    @Test
    void theSizeCountsEveryElementOnce() {
        assertThat(Node.root().bytes()).isZero();
        // Sizes of the Java language: byte 1, int and float 4, long and double 8.
        assertThat(Node.root().put("a", new byte[3]).bytes()).isEqualTo(3);
        assertThat(Node.root().put("a", new int[3]).bytes()).isEqualTo(12);
        assertThat(Node.root().put("a", new float[5]).bytes()).isEqualTo(20);
        assertThat(Node.root().put("a", new long[3]).bytes()).isEqualTo(24);
        assertThat(Node.root().put("a", new double[5]).bytes()).isEqualTo(40);
        assertThat(Node.root().put("a", "four").bytes()).isEqualTo(4);
        assertThat(Node.root().putTexts("a", List.of("one", "three")).bytes()).isEqualTo(8);
        assertThat(Node.root().put("a", 1).put("b", true).put("c", 0.5).bytes()).isEqualTo(24);
        Node node = Node.root().put("a", new int[1]);
        node.child("b").put("c", new int[2]);
        node.append("d").put("e", new int[4]);
        node.append("d").put("e", new int[8]);
        assertThat(node.bytes()).isEqualTo(4 * (1 + 2 + 4 + 8));
    }

    @Test
    void whatANodeGivesOutCannotChangeIt() {
        Node node = Node.root().put("a", 1);
        node.append("b");
        assertThatThrownBy(() -> node.names().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> node.nodes("b").clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(node.names()).containsExactly("a", "b");
    }
}
