package org.autotuner.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What holds across the jars: none shares a package with another, or module systems would refuse them. */
class JarsTest {

    @Test
    void noPackageIsSplitBetweenJars() {
        Map<String, Set<String>> modules = new TreeMap<>();
        ImportOption noTests = location -> !location.contains("/test-classes/");
        for (JavaClass type : new ClassFileImporter().withImportOption(noTests).importPackages("org.autotuner")) {
            String place = type.getSource().orElseThrow().getUri().toString();
            Matcher matcher = Pattern.compile("automl-(core|models|search|testkit|examples)(?=[/-])")
                    .matcher(place);
            String module = "";
            while (matcher.find()) {
                module = matcher.group();
            }
            modules.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>())
                    .add(module);
        }
        assertThat(modules).containsKeys("org.autotuner", "org.autotuner.data", "org.autotuner.models.linear");
        assertThat(modules).allSatisfy((name, jars) -> assertThat(jars).as(name).hasSize(1));
    }
}
