package org.autotuner.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.autotuner.bundle.Node;
import org.autotuner.data.Schema;
import org.autotuner.evaluate.Conformal;
import org.autotuner.prepare.FittedPreparation;
import org.autotuner.score.Scorer;
import org.autotuner.task.Task;

/** Collects the parts of an {@link AutoModel}. Not thread-safe. */
public final class AutoModelBuilder {

    private final Schema features;
    private final Task task;
    private final String metric;
    private final List<FittedPreparation> preparations = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final List<Conformal> limits = new ArrayList<>();
    private final Node attachments = Node.root();
    private double temperature = 1;
    private double threshold = 0.5;
    private double validationScore = Double.NaN;
    private Provenance provenance = Provenance.unknown();

    AutoModelBuilder(Schema schema, Task task, String metric) {
        this.features = schema.features();
        this.task = task;
        this.metric = metric;
    }

    /** Adds a preparation, or finds the same object again, and returns its number. */
    public int preparation(FittedPreparation preparation) {
        for (int i = 0; i < preparations.size(); i++) {
            if (preparations.get(i) == preparation) {
                return i;
            }
        }
        preparations.add(preparation);
        return preparations.size() - 1;
    }

    public AutoModelBuilder member(Member member) {
        members.add(member);
        return this;
    }

    /** Adds a member of one part. */
    public AutoModelBuilder member(String name, double weight, FittedPreparation preparation, Scorer scorer) {
        return member(new Member(name, weight, List.of(new Member.Part(preparation(preparation), scorer))));
    }

    /** Temperature of the calibration, positive; default 1: none. */
    public AutoModelBuilder temperature(double given) {
        temperature = given;
        return this;
    }

    /** Probability from which on the positive label is predicted, in [0, 1]; default 0.5. */
    public AutoModelBuilder threshold(double given) {
        threshold = given;
        return this;
    }

    public AutoModelBuilder validationScore(double given) {
        validationScore = given;
        return this;
    }

    public AutoModelBuilder provenance(Provenance given) {
        provenance = given;
        return this;
    }

    /**
     * Adds a limit for {@link AutoModel#interval} or {@link AutoModel#labels}, fitted on rows that no member was fitted
     * on; one for each coverage that shall be offered. Default: none.
     */
    public AutoModelBuilder conformal(Conformal limit) {
        limits.add(limit);
        return this;
    }

    /** Stores something beside the model under a name: {@code attach("leaderboard", leaderboard::write)}. */
    public AutoModelBuilder attach(String name, Consumer<Node> writer) {
        writer.accept(attachments.child(name));
        return this;
    }

    /**
     * The model.
     *
     * @throws IllegalArgumentException if there is no member or parts do not fit each other
     */
    public AutoModel build() {
        Node frozen = Node.root();
        attachments.names().forEach(name -> frozen.child(name, attachments.node(name)));
        return new AutoModel(new ModelParts(
                features,
                task,
                metric,
                preparations,
                members,
                temperature,
                threshold,
                validationScore,
                provenance,
                limits,
                frozen));
    }
}
