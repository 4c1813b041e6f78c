package org.autotuner.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autotuner.evaluate.Leaderboard;
import org.autotuner.model.AutoModel;
import org.autotuner.model.AutoModelBuilder;
import org.autotuner.model.Member;
import org.autotuner.model.Provenance;

/** Makes the delivered model of chosen members. Thread-safe. */
final class Assembly {

    private final StudySetup setup;
    private final SearchSettings settings;

    Assembly(StudySetup setup, SearchSettings settings) {
        this.setup = setup;
        this.settings = settings;
    }

    /** A model of one trial alone, without a leaderboard. */
    AutoModel single(FinishedTrial trial) {
        return builder(List.of(new Delivery.Member(trial, 1)))
                .validationScore(Double.NaN)
                .build();
    }

    /**
     * The delivered model.
     *
     * @param all finished trials for the leaderboard
     */
    AutoModel of(
            List<Delivery.Member> members,
            List<FinishedTrial> all,
            FitReport.Validation validation,
            PostProcessing post) {
        AutoModelBuilder builder = builder(members);
        builder.validationScore(validation.value())
                .threshold(post.threshold())
                .temperature(post.calibration().temperature());
        post.limits().forEach(builder::conformal);
        builder.attach("leaderboard", leaderboard(members, all)::write);
        builder.attach("profile", setup.profile()::write);
        if (post.validated() != null) {
            builder.attach("confidence", post.validated().confidence(members)::write);
        }
        return builder.build();
    }

    /** What was decided, in words for the report. */
    List<String> notes(List<Delivery.Member> members) {
        List<String> notes = new ArrayList<>();
        int rows = setup.data().target().size();
        notes.add(
                rows < setup.given()
                        ? "searched on a sample of %,d of %,d rows".formatted(rows, setup.given())
                        : "searched on all %,d rows".formatted(rows));
        notes.add(setup.validated());
        if (settings.isInterpretable()) {
            notes.add("only interpretable families competed, and one model of them is delivered");
        }
        long refitted = members.stream().filter(Delivery.Member::isRefitted).count();
        notes.add(
                "delivered: %d member(s), %d fitted once more on all rows, the others as the mean of their fold models"
                        .formatted(members.size(), refitted));
        notes.add(
                refitted == 0 && !settings.isInterpretable()
                        ? "the delivered model is the scored one"
                        : "the score is that of the fold models");
        return notes;
    }

    private Leaderboard leaderboard(List<Delivery.Member> members, List<FinishedTrial> all) {
        List<Leaderboard.Entry> entries = new ArrayList<>();
        for (FinishedTrial trial : all) {
            double weight = members.stream()
                    .filter(member -> member.trial().number() == trial.number())
                    .mapToDouble(Delivery.Member::weight)
                    .sum();
            entries.add(new Leaderboard.Entry(
                    trial.family(),
                    trial.number(),
                    setup.data().metric().scoreOf(trial.error()),
                    trial.foldDeviation(),
                    trial.fitSeconds(),
                    trial.rowMicros(),
                    trial.bytes(),
                    weight));
        }
        return Leaderboard.of(setup.data().metric(), entries);
    }

    private AutoModelBuilder builder(List<Delivery.Member> members) {
        AutoModelBuilder builder = AutoModel.builder(
                setup.features(), setup.data().task(), setup.data().metric().name());
        Map<String, String> configurations = new LinkedHashMap<>();
        for (Delivery.Member member : members) {
            FinishedTrial trial = member.trial();
            String name = trial.family() + "-" + trial.number();
            List<Member.Part> parts = new ArrayList<>();
            for (FoldPart part : trial.parts()) {
                parts.add(new Member.Part(builder.preparation(part.preparation()), part.scorer()));
            }
            builder.member(new Member(name, member.weight(), parts));
            configurations.put(name, trial.configuration().toJson());
        }
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("java", Runtime.version().toString());
        environment.put("threads", String.valueOf(settings.budget().threads()));
        String version = Optional.ofNullable(AutoModel.class.getPackage().getImplementationVersion())
                .orElse("development");
        return builder.provenance(
                new Provenance(version, setup.fingerprint(), settings.seed(), configurations, environment));
    }
}
