package dev.foldback.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The arrows of docs/design.md: all point inward. */
class ArchitectureTest {
  private static final String CORE = "dev.foldback.core..";
  private static final String JDK = "java..";
  private static final String NULLS = "org.jspecify..";
  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("testkit"))
          .importPackages("dev.foldback");

  @Test
  void everyRoomIsLookedAt() {
    for (String room : new String[] {"core", "storage", "repository", "engine.mysql", "cli"}) {
      assertThat(PROGRAM.containPackage("dev.foldback." + room)).as(room).isTrue();
    }
  }

  @Test
  void coreUsesNothingButTheJdkAndNoNetworkOrDatabase() {
    classes()
        .that()
        .resideInAPackage(CORE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(CORE, JDK, "javax.crypto..", NULLS)
        .check(PROGRAM);
    noClasses()
        .that()
        .resideInAPackage(CORE)
        .and()
        // What memory has no room for waits in one sealed file, and this class alone touches it.
        .haveNameNotMatching("dev[.]foldback[.]core[.]fold[.]WorkFile([$].*)?")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.sql..", "java.net..", "java.nio.file..", "java.nio.channels..")
                // The name of a folder is handed through.
                .and(not(type(Path.class))))
        .check(PROGRAM);
  }

  @Test
  void storageRepositoryAndEnginesKnowTheCoreAndNotEachOther() {
    onlyCoreAndItself("dev.foldback.storage..");
    onlyCoreAndItself("dev.foldback.repository..");
    onlyCoreAndItself("dev.foldback.engine.mysql..");
  }

  private static void onlyCoreAndItself(String room) {
    noClasses()
        .that()
        .resideInAPackage(room)
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.foldback..").and(resideOutsideOfPackages(CORE, room)))
        .check(PROGRAM);
  }

  @Test
  void nothingDependsOnTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.foldback.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.foldback.cli..")
        .check(PROGRAM);
  }

  @Test
  void onlyMainAndASignalEndTheProgram() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Main.class.getName())
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(PROGRAM);
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Interruption.class.getName())
        .should()
        .callMethod(Runtime.class, "halt", int.class)
        .check(PROGRAM);
  }

  @Test
  void whatTestsAndTheDemoNeedIsNotShipped() throws Exception {
    String pom = Files.readString(Path.of("pom.xml"));
    assertThat(pom).doesNotContain("foldback-demo");
    assertThat(pom).containsPattern("foldback-testkit</artifactId><scope>test</scope>");
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.foldback.testkit..", "dev.foldback.demo..")
        .check(PROGRAM);
  }
}
