package org.autotuner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

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
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Holds the order of the packages of docs/architecture.md, and what no class of the library may do. */
@AnalyzeClasses(packages = "org.autotuner", importOptions = ArchitectureTest.OnlyCore.class)
class ArchitectureTest {

    /** Neither tests nor other modules, whatever the folder that the build writes to. */
    static final class OnlyCore implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return location.contains("/automl-core/") && !location.contains("/test-classes/");
        }
    }

    /** A package may depend on those before it. */
    private static final List<String> ORDER = List.of(
            "error",
            "budget",
            "bundle",
            "space",
            "data",
            "data.io",
            "task",
            "predict",
            "metric",
            "split",
            "profile",
            "prepare",
            "score",
            "train",
            "evaluate",
            "recommend",
            "model",
            "explain",
            "monitor");

    @ArchTest
    static final ArchRule packagesDependOnlyOnThoseBeforeThem = noClasses()
            .should(new ArchCondition<JavaClass>("depend on packages after their own in " + ORDER) {
                @Override
                public void check(JavaClass origin, ConditionEvents events) {
                    int own = place(origin);
                    origin.getDirectDependenciesFromSelf().forEach(dependency -> {
                        JavaClass target = dependency.getTargetClass();
                        if (target.getPackageName().startsWith("org.autotuner") && place(target) > own) {
                            events.add(SimpleConditionEvent.satisfied(origin, dependency.getDescription()));
                        }
                    });
                }
            });

    @ArchTest
    static final ArchRule everyPackageHasAPlaceInTheOrder = noClasses()
            .should()
            .resideInAPackage("org.autotuner")
            .orShould(new ArchCondition<JavaClass>("reside in a package that the order does not name") {
                @Override
                public void check(JavaClass origin, ConditionEvents events) {
                    events.add(new SimpleConditionEvent(origin, place(origin) < 0, origin.getFullName()));
                }
            });

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("org.autotuner.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTrainAndSplitUseCommonsMath = noClasses()
            .that()
            .resideOutsideOfPackages("org.autotuner.train..", "org.autotuner.split..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.commons.math3..");

    @ArchTest
    static final ArchRule onlyTrainUsesDjl = noClasses()
            .that()
            .resideOutsideOfPackage("org.autotuner.train..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl..");

    @ArchTest
    static final ArchRule whatServesDoesNotTrain = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.autotuner.evaluate..",
                    "org.autotuner.model..",
                    "org.autotuner.explain..",
                    "org.autotuner.monitor..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.autotuner.train..")
            .allowEmptyShould(true);

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

    /** Place in the order; -1 for a package that it does not name. */
    private static int place(JavaClass type) {
        String name = type.getPackageName();
        return name.equals("org.autotuner") ? -1 : ORDER.indexOf(name.substring("org.autotuner.".length()));
    }
}
