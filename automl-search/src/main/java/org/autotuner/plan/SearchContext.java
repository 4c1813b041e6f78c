package org.autotuner.plan;

import java.util.function.BooleanSupplier;
import org.autotuner.execute.StudyData;
import org.autotuner.prune.Pruner;

/**
 * What the search loop works with.
 *
 * @param gains what each trial added to the ensemble
 * @param pruner asked after each fold beside the built-in screening
 * @param userStops whether one of the caller's stop rules says that it is enough
 */
record SearchContext(
        StudyData data,
        BudgetPlan plan,
        Proposals proposals,
        OutOfFold outOfFold,
        Candidates candidates,
        EnsembleGain gains,
        TrialLedger ledger,
        Announcer announcer,
        MemoryLimit memory,
        Pruner pruner,
        BooleanSupplier userStops) {}
