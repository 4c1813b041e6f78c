package org.autotuner.models.torch;

/**
 * Collects the code of a forward pass. The variable {@code h} holds {@code [rows, width]} while one network is trained, or
 * {@code [networks, rows, width]}; {@code x} and {@code c} hold the number inputs and the codes of the same rows.
 */
public final class ScriptWriter {

    private final Registry registry;
    private final boolean isTraining;
    private final String indent;
    private final StringBuilder code = new StringBuilder();
    private final boolean half;
    private int width;
    private boolean isFresh;
    private int copies = 1;
    private int sites;
    private int locals;

    ScriptWriter(Registry registry, boolean isTraining, String indent, boolean half) {
        this.registry = registry;
        this.isTraining = isTraining;
        this.indent = indent;
        this.half = half;
    }

    /** Independent networks trained at once. */
    public int networks() {
        return registry.networks();
    }

    /** Whether the code is for training rather than for evaluation. */
    public boolean isTraining() {
        return isTraining;
    }

    /** Whether products are to be computed in bfloat16. */
    public boolean isHalf() {
        return half;
    }

    /** Width of {@code h} here. */
    public int width() {
        return width;
    }

    /** Says how wide {@code h} is from here on. */
    public void width(int given) {
        width = given;
    }

    /** Lines of {@code h} per row: members that share a body. */
    public int copies() {
        return copies;
    }

    /** Says that {@code h} has so many lines per row from here on, copy by copy. */
    public void copies(int given) {
        copies = given;
    }

    /** Adds a line of code, with {@code %s} for each value: other formats would follow the host's locale. */
    @SuppressWarnings("AnnotateFormatMethod") // checking needs a library that is not worth its place
    public void line(String text, Object... values) {
        code.append(indent)
                .append(values.length == 0 ? text : text.formatted(values))
                .append('\n');
    }

    /** A new local variable's name. */
    public String local() {
        return "z" + locals++;
    }

    /**
     * An expression for a trained parameter.
     *
     * @param shape without the axis of the networks, which is put in front where there are several
     */
    public String parameter(String name, Start start, int... shape) {
        return "p[%s]".formatted(registry.parameter(name, start, shape));
    }

    /** An expression for a trained parameter of {@code width} numbers, one per column of {@code h}. */
    public String columns(String name, Start start, int width) {
        return networks() > 1 ? parameter(name, start, 1, width) : parameter(name, start, width);
    }

    /** An expression for values that are not trained by gradients but kept with the weights, such as running means. */
    public String statistic(String name, double start, int... shape) {
        return "b[%s]".formatted(registry.statistic(name, start, shape));
    }

    /** An expression for constant values; they have no axis of networks. */
    public String constant(String name, float[] values, int... shape) {
        return "q[%s]".formatted(registry.constant(name, values, shape));
    }

    /** The same with initial values of its own; the generator of the start is not used. */
    public String statistic(String name, Start start, int... shape) {
        return "b[%s]".formatted(registry.statistic(name, start, shape));
    }

    /**
     * Says what a layer costs whose weights count several times per row.
     *
     * @param products multiplications per row
     * @param cells numbers per row that it reads or makes, the larger of both
     */
    public void noteWork(long products, int cells) {
        registry.noteWork(products, cells);
    }

    /** Drops numbers of {@code h} at random while training, and scales the others up. */
    public void dropout(double rate) {
        if (isTraining && rate > 0) {
            int pool = registry.pool(rate);
            int site = sites++;
            registry.noteCells(width * copies * networks());
            line("o = offs[k * sites + %s]", site);
            String mask = "torch.view(torch.slice(pools[%s], 0, o, o + torch.numel(h)), torch.size(h))";
            line(isFresh ? "h = torch.mul_(h, " + mask + ")" : "h = h * " + mask, pool);
        }
    }

    /** Whether the gradient needs nothing of what {@code h} holds, so that the next layer may write over it. */
    public boolean isFresh() {
        return isFresh;
    }

    /** Says so from here on, or no longer. */
    public void fresh(boolean given) {
        isFresh = given;
    }

    /** Dropout sites so far. */
    int sites() {
        return sites;
    }

    String code() {
        return code.toString();
    }
}
