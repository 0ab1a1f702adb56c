package cairn.experiment;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The shape of the house: which module may see which, what things are called, where state lives.
 */
final class HouseTest {

    /** What each module may see of the others, named by the folder of its packages. */
    private static final Map<String, List<String>> SEES =
            Map.ofEntries(
                    entry("model"),
                    entry("application", "model"),
                    entry("part", "model"),
                    entry("protocol", "model", "part"),
                    entry("report", "model"),
                    entry("rdma", "model"),
                    entry("fault", "model"),
                    entry("simulator", "model", "rdma", "fault"),
                    entry("cluster", "model", "rdma", "fault"),
                    entry("verification", "model", "fault", "simulator"),
                    entry("virtual", "model", "fault", "simulator", "verification", "cluster"),
                    entry(
                            "jepsen",
                            "model",
                            "application",
                            "fault",
                            "simulator",
                            "cluster",
                            "experiment"),
                    entry("spark", "experiment"),
                    entry(
                            "experiment",
                            "model",
                            "application",
                            "protocol",
                            "report",
                            "rdma",
                            "fault",
                            "simulator",
                            "cluster",
                            "verification",
                            "virtual"));

    private static Map.Entry<String, List<String>> entry(String module, String... sees) {
        return Map.entry(module, List.of(sees));
    }

    private static final String[] DETERMINISTIC = {
        "cairn.model..",
        "cairn.part..",
        "cairn.protocol..",
        "cairn.rdma..",
        "cairn.fault..",
        "cairn.simulator.."
    };

    /** The one class that bears the name of its source system's part. */
    private static final String PERSISTENT_MEMORY_MANAGER = "cairn.part.pmu.Manager";

    private static final Pattern SAYS_NOTHING =
            Pattern.compile(".*(Manager|Utils?|Helper|Impl|Factory)|(Abstract|Base)([A-Z].*)?");

    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    // What tests of one module lend to those of another.
                    .withImportOption(location -> !location.contains("-tests.jar"))
                    .importPackages("cairn");

    @Test
    void theseRulesSeeEveryClassThatHasAFile() throws IOException {
        var missing = new TreeSet<String>();
        try (Stream<Path> files = Files.walk(Path.of(".."), 12)) {
            files.map(file -> file.toString().replace('\\', '/'))
                    .filter(file -> file.contains("/src/main/java/cairn/"))
                    .filter(file -> !file.startsWith("../benchmarks/"))
                    // Above this module, and so not on its class path.
                    .filter(file -> !file.startsWith("../jepsen/"))
                    .filter(file -> !file.startsWith("../spark/"))
                    .filter(file -> file.endsWith(".java"))
                    .map(file -> file.substring(file.indexOf("/cairn/") + 1, file.length() - 5))
                    .map(file -> file.replace('/', '.'))
                    .filter(name -> !HOUSE.contain(name))
                    .forEach(missing::add);
        }
        assertEquals(new TreeSet<String>(), missing);
    }

    @Test
    void aModuleSeesOnlyWhatItsPlaceInTheHouseAllows() {
        SEES.forEach((module, seen) ->
                holds(
                        noClasses()
                                .that()
                                .resideInAPackage(inside(module))
                                .should()
                                .dependOnClassesThat(
                                        resideInAnyPackage("cairn..")
                                                .and(not(resideInAnyPackage(inside(module))))
                                                .and(not(resideInAnyPackage(all(seen)))))
                                .as(module + " sees " + seen + " and nothing else")));
    }

    @Test
    void everyClassHasAPlaceInTheHouse() {
        holds(classes().should().resideInAnyPackage(all(SEES.keySet())));
    }

    @Test
    void protocolsDoNotSeeEachOther() {
        holds(slices().matching("cairn.protocol.(*)..").should().notDependOnEachOther());
    }

    @Test
    void packagesHaveNoCycles() {
        // The vocabulary is one; its packages are chapters that refer to each other.
        var vocabulary = resideInAPackage(inside("model"));
        holds(
                slices().matching("cairn.(**)")
                        .should()
                        .beFreeOfCycles()
                        .ignoreDependency(vocabulary, vocabulary));
    }

    @Test
    void namesSayWhatAThingIs() {
        holds(
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName(PERSISTENT_MEMORY_MANAGER)
                        .should(
                                be(
                                        describe(
                                                "named by a word that says nothing",
                                                type -> saysNothing(type.getSimpleName())))));
    }

    @Test
    void classesAreFinal() {
        DescribedPredicate<JavaClass> concrete =
                describe(
                        "are concrete and not sealed",
                        type ->
                                !type.isInterface()
                                        && !type.isEnum()
                                        && !type.isAnonymousClass()
                                        && !type.getModifiers().contains(JavaModifier.SYNTHETIC)
                                        && !type.reflect().isSealed());
        holds(classes().that(concrete).should().haveModifier(JavaModifier.FINAL));
    }

    @Test
    void fieldsArePrivate() {
        DescribedPredicate<JavaField> state =
                describe(
                        "hold state",
                        field ->
                                !field.getModifiers().contains(JavaModifier.SYNTHETIC)
                                        && !(field.getModifiers().contains(JavaModifier.STATIC)
                                                && field.getModifiers()
                                                        .contains(JavaModifier.FINAL)));
        // Two plain carriers of numbers on the hot path, whose fields are seen in their package.
        holds(
                fields().that(state)
                        .and()
                        .areNotDeclaredIn("cairn.rdma.Packet")
                        .and()
                        .areNotDeclaredIn("cairn.simulator.network.Traffic")
                        .should()
                        .bePrivate());
    }

    @Test
    void whereRunsMustNotVaryNothingMutableIsStatic() {
        DescribedPredicate<JavaField> mutable =
                describe(
                        "of what can change",
                        field ->
                                !field.getModifiers().contains(JavaModifier.FINAL)
                                        || changes(field.getRawType()));
        holds(
                noFields()
                        .that()
                        .areStatic()
                        .and()
                        .areDeclaredInClassesThat(resideInAnyPackage(DETERMINISTIC))
                        .should(be(mutable)));
    }

    @Test
    void whereRunsMustNotVaryNothingAsksForAnIdentityHash() {
        holds(
                noClasses()
                        .that()
                        .resideInAnyPackage(DETERMINISTIC)
                        .should()
                        .callMethod(Object.class, "hashCode"));
    }

    @Test
    void inEveryPackageWhatMayBeNullSaysSo() {
        DescribedPredicate<JavaClass> marked =
                describe(
                        "in a package marked @NullMarked",
                        type -> type.getPackage().isAnnotatedWith(NullMarked.class));
        holds(classes().should(be(marked)));
    }

    private static void holds(ArchRule rule) {
        rule.allowEmptyShould(true).check(HOUSE);
    }

    private static boolean saysNothing(String name) {
        return SAYS_NOTHING.matcher(name).matches();
    }

    /** Whether objects of this type can change: what collects, and what has a field that is set. */
    private static boolean changes(JavaClass type) {
        if (type.getPackageName().startsWith("cairn")) {
            return type.getAllFields().stream()
                    .filter(field -> field.getOwner().getPackageName().startsWith("cairn"))
                    .map(JavaField::getModifiers)
                    .anyMatch(is ->
                            !is.contains(JavaModifier.STATIC) && !is.contains(JavaModifier.FINAL));
        }
        return !type.isInterface()
                && (type.isAssignableTo(Collection.class)
                        || type.isAssignableTo(Map.class)
                        || type.isAssignableTo(Appendable.class));
    }

    private static String inside(String module) {
        return "cairn." + module + "..";
    }

    private static String[] all(Collection<String> modules) {
        return modules.stream().map(HouseTest::inside).toArray(String[]::new);
    }
}
