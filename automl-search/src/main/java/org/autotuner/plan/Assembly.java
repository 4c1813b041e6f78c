package org.autotuner.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autotuner.evaluate.Calibration;
import org.autotuner.model.AutoModel;
import org.autotuner.model.AutoModelBuilder;
import org.autotuner.model.Member;
import org.autotuner.model.Provenance;
import org.jspecify.annotations.Nullable;

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

    /** The delivered model. */
    AutoModel of(
            Delivery.Chosen chosen,
            List<FinishedTrial> all,
            FitReport.Validation validation,
            @Nullable Calibration calibration,
            double threshold) {
        AutoModelBuilder builder = builder(chosen.members());
        builder.validationScore(validation.value()).threshold(threshold);
        if (calibration != null) {
            builder.temperature(calibration.temperature());
        }
        builder.attach("leaderboard", LeaderboardMaker.of(setup, chosen, all)::write);
        builder.attach("profile", setup.profile()::write);
        return builder.build();
    }

    /** What was decided, in words for the report. */
    List<String> notes(Delivery.Chosen chosen) {
        List<String> notes = new ArrayList<>();
        int rows = setup.data().target().size();
        int folds = setup.data().folds().size();
        notes.add(rows < setup.given()
                ? "searched on a sample of %,d of %,d rows".formatted(rows, setup.given())
                : "searched on all %,d rows".formatted(rows));
        notes.add(folds == 1 ? "validated on one part" : "validated on %d folds".formatted(folds));
        notes.add("delivered: %d member(s), each the mean of its %d fold model(s); this is the scored model"
                .formatted(chosen.members().size(), folds));
        return notes;
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
