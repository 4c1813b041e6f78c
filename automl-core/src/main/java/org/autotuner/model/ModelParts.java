package org.autotuner.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.autotuner.bundle.Node;
import org.autotuner.data.Schema;
import org.autotuner.evaluate.Conformal;
import org.autotuner.prepare.FittedPreparation;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Task;

/** Everything a model consists of, checked against each other; members by falling weight, weights adding up to 1. */
record ModelParts(
        Schema features,
        Task task,
        String metric,
        List<FittedPreparation> preparations,
        List<Member> members,
        double temperature,
        double threshold,
        double validationScore,
        Provenance provenance,
        List<Conformal> limits,
        Node attachments) {

    ModelParts {
        preparations = List.copyOf(preparations);
        limits = limits.stream()
                .sorted(Comparator.comparingDouble(Conformal::coverage))
                .toList();
        if (members.isEmpty()) {
            throw new IllegalArgumentException("A model needs at least one member.");
        }
        if (features.fields().stream().anyMatch(field -> !field.role().isInput())) {
            throw new IllegalArgumentException("A model's schema holds feature columns only, but it is " + features);
        }
        if (!(temperature > 0) || Double.isInfinite(temperature) || !(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException(
                    "Temperature %s or threshold %s is out of range.".formatted(temperature, threshold));
        }
        if (!limits.isEmpty() && !task.isClassification() && !(task instanceof RegressionTask)) {
            throw new IllegalArgumentException(
                    "Conformal limits need a regression or a classification, but the task is %s."
                            .formatted(task.kind()));
        }
        for (Member member : members) {
            for (Member.Part part : member.parts()) {
                check(member.name(), part, preparations, task);
            }
        }
        // Dividing by the largest first keeps the sum finite.
        double largest = members.stream().mapToDouble(Member::weight).max().orElse(1);
        double sum = members.stream().mapToDouble(m -> m.weight() / largest).sum();
        members = members.stream()
                .filter(member -> member.weight() / largest / sum > 0)
                .map(member -> Math.abs(largest * sum - 1) < 1e-12
                        ? member
                        : member.withWeight(member.weight() / largest / sum))
                .sorted(Comparator.comparingDouble(Member::weight).reversed())
                .toList();
    }

    private static void check(String name, Member.Part part, List<FittedPreparation> preparations, Task task) {
        if (part.preparation() < 0 || part.preparation() >= preparations.size()) {
            throw new IllegalArgumentException(
                    "Member '%s' uses preparation %d of %d.".formatted(name, part.preparation(), preparations.size()));
        }
        FittedPreparation preparation = preparations.get(part.preparation());
        if (part.scorer().outputs() != task.outputs()) {
            throw new IllegalArgumentException("Member '%s' has %d outputs, but the task has %d."
                    .formatted(name, part.scorer().outputs(), task.outputs()));
        }
        if (part.scorer().width() > preparation.features().size()
                || part.scorer().sparseWidth() > preparation.sparseWidth()) {
            throw new IllegalArgumentException("Member '%s' reads %d dense and %d sparse features, but has %d and %d."
                    .formatted(
                            name,
                            part.scorer().width(),
                            part.scorer().sparseWidth(),
                            preparation.features().size(),
                            preparation.sparseWidth()));
        }
    }

    /** A copy with some of the members, and only the preparations that these use. */
    ModelParts withMembers(List<Member> kept) {
        int[] moved = new int[preparations.size()];
        List<FittedPreparation> used = new ArrayList<>();
        for (int i = 0; i < moved.length; i++) {
            int number = i;
            if (kept.stream().flatMap(m -> m.parts().stream()).anyMatch(part -> part.preparation() == number)) {
                moved[i] = used.size();
                used.add(preparations.get(i));
            }
        }
        List<Member> renumbered = kept.stream()
                .map(member -> new Member(
                        member.name(),
                        member.weight(),
                        member.parts().stream()
                                .map(part -> new Member.Part(moved[part.preparation()], part.scorer()))
                                .toList()))
                .toList();
        return new ModelParts(
                features,
                task,
                metric,
                used,
                renumbered,
                temperature,
                threshold,
                validationScore,
                provenance,
                limits,
                attachments);
    }
}
