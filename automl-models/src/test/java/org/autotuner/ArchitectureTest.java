package org.autotuner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Holds the order of the packages of docs/architecture.md, and what no class of the library may do. */
@AnalyzeClasses(packages = "org.autotuner", importOptions = ArchitectureTest.OnlyModels.class)
class ArchitectureTest {

    /** Neither tests nor other modules, whatever the folder that the build writes to. */
    static final class OnlyModels implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return location.contains("/automl-models/") && !location.contains("/test-classes/");
        }
    }

    @ArchTest
    static final ArchRule familiesDoNotKnowOneAnother = slices().matching("org.autotuner.models.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    DescribedPredicate.alwaysTrue(),
                    JavaClass.Predicates.resideInAnyPackage(
                            "org.autotuner.models.torch..",
                            "org.autotuner.models.rounds..",
                            "org.autotuner.models.product..",
                            "org.autotuner.models.weights.."))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule familiesDoNotKnowTheSearch = noClasses()
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.autotuner")
                    .or(JavaClass.Predicates.resideInAnyPackage(
                            "org.autotuner.study..",
                            "org.autotuner.storage..",
                            "org.autotuner.optimize..",
                            "org.autotuner.prune..",
                            "org.autotuner.execute..",
                            "org.autotuner.ensemble..",
                            "org.autotuner.plan..")));

    @ArchTest
    static final ArchRule onlyTorchUsesTheEnginesOwnClasses = noClasses()
            .that()
            .resideOutsideOfPackage("org.autotuner.models.torch..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl.pytorch..");

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("org.autotuner.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodyWritesToTheConsole = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule nobodyEndsTheProcess = noClasses()
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class);

    @ArchTest
    static final ArchRule nobodyChangesTheHost = noClasses()
            .should()
            .callMethod(System.class, "setProperty", String.class, String.class)
            .orShould()
            .callMethod(java.util.Locale.class, "setDefault", java.util.Locale.class);

    @ArchTest
    static final ArchRule nobodyUsesJavaSerialization = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ObjectInputStream.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ObjectOutputStream.class)
            .orShould(new ArchCondition<JavaClass>("implement Serializable by themselves") {
                @Override
                public void check(JavaClass declared, ConditionEvents events) {
                    boolean implementing = declared.getRawInterfaces().stream()
                            .anyMatch(type -> type.isEquivalentTo(Serializable.class));
                    events.add(new SimpleConditionEvent(declared, implementing, declared.getFullName()));
                }
            });

    @ArchTest
    static final ArchRule staticFieldsAreConstants = fields().that()
            .areStatic()
            .should(
                    new ArchCondition<JavaField>(
                            "be final and of an immutable type, as far as a declaration can tell") {
                        @Override
                        public void check(JavaField field, ConditionEvents events) {
                            if (field.getModifiers().contains(JavaModifier.SYNTHETIC)) {
                                return;
                            }
                            JavaClass type = field.getRawType();
                            boolean mutableCollection =
                                    (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class))
                                            && !type.isInterface();
                            boolean visibleArray =
                                    type.isArray() && !field.getModifiers().contains(JavaModifier.PRIVATE);
                            boolean atomic = type.isEquivalentTo(AtomicInteger.class)
                                    || type.isEquivalentTo(AtomicLong.class)
                                    || type.isEquivalentTo(AtomicReference.class)
                                    || type.isAssignableTo(ThreadLocal.class);
                            boolean broken = !field.getModifiers().contains(JavaModifier.FINAL)
                                    || mutableCollection
                                    || visibleArray
                                    || atomic;
                            events.add(new SimpleConditionEvent(
                                    field,
                                    !broken,
                                    field.getFullName() + " of " + type.getName() + " is static and mutable"));
                        }
                    });
}
