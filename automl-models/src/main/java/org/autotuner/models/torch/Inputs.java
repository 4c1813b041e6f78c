package org.autotuner.models.torch;

import java.util.ArrayList;
import java.util.List;

/**
 * What comes first in a network: the numbers, embedded or as they are, and the embeddings of the categories, side by side.
 *
 * @param numbers how many number inputs
 * @param embedding of the numbers
 * @param tables embeddings of categories; each covers the next columns of codes
 * @param embeddingDropout rate for the embeddings of categories
 */
public record Inputs(int numbers, NumberLayer embedding, List<Table> tables, double embeddingDropout) implements Layer {

    /**
     * Categories with embeddings of one width.
     *
     * @param columns how many columns of codes
     * @param levels rows of the table: of all its columns together; codes count through
     * @param width of an embedding
     */
    public record Table(String name, int columns, int levels, int width, Start start) {}

    public Inputs {
        tables = List.copyOf(tables);
    }

    @Override
    public void write(ScriptWriter script) {
        script.fresh(false);
        List<String> parts = new ArrayList<>();
        int width = 0;
        if (numbers > 0) {
            parts.add(embedding.write(script, numbers));
            width += numbers * embedding.width();
        }
        int from = 0;
        for (Table table : tables) {
            parts.add(embed(script, table, from));
            from += table.columns();
            width += table.columns() * table.width();
        }
        script.line("h = %s", parts.size() == 1 ? parts.get(0) : "torch.cat([" + String.join(", ", parts) + "], -1)");
        script.width(width);
    }

    private String embed(ScriptWriter script, Table table, int from) {
        String weights = script.parameter(table.name(), table.start(), table.levels(), table.width());
        String part = script.local();
        script.line("%s = torch.slice(c, -1, %s, %s)", part, from, from + table.columns());
        if (script.networks() > 1) {
            float[] offsets = new float[script.networks()];
            for (int network = 0; network < offsets.length; network++) {
                offsets[network] = (float) network * table.levels();
            }
            String offset = script.constant(table.name() + ".offset", offsets, script.networks(), 1, 1);
            script.line("%s = %s + torch.to(%s, 4)", part, part, offset);
            weights = "torch.flatten(" + weights + ", 0, 1)";
        }
        script.line("h = torch.flatten(torch.embedding(%s, %s), -2)", weights, part);
        script.width(table.columns() * table.width());
        script.dropout(embeddingDropout);
        script.line("%s = h", part);
        return part;
    }
}
