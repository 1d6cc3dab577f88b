package uz.koprik.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Set;

/** The walls of the house (docs/CONTRIBUTING.md): who may use what. */
@AnalyzeClasses(packages = "uz.koprik", importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
final class ArchitectureTest {

    /** The tests of the other modules, which this module's tests use helpers of. */
    static final class NoTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }


    @ArchTest
    static final ArchRule CRYPTO_KNOWS_NOBODY = noClasses()
            .that()
            .resideInAPackage("uz.koprik.crypto..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("uz.koprik.indicators..", "uz.koprik.gateway..");

    @ArchTest
    static final ArchRule INDICATORS_DO_NOT_KNOW_THE_GATEWAY = noClasses()
            .that()
            .resideInAPackage("uz.koprik.indicators..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("uz.koprik.gateway..");

    @ArchTest
    static final ArchRule LUCENE_ONLY_IN_ITS_FOLDER = noClasses()
            .that()
            .resideOutsideOfPackages("uz.koprik.indicators.store.lucene..", "uz.koprik.indicators.store.words..")
            .and()
            .doNotHaveFullyQualifiedName("uz.koprik.indicators.store.elasticsearch.Packing") // takes LZ4 from it, and no index
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.lucene..");

    @ArchTest
    static final ArchRule ELASTICSEARCH_ONLY_IN_ITS_FOLDER = noClasses()
            .that()
            .resideOutsideOfPackage("uz.koprik.indicators.store.elasticsearch..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("co.elastic..", "org.apache.hc..", "org.elasticsearch..", "jakarta.json..");

    @ArchTest
    static final ArchRule BACKENDS_DO_NOT_KNOW_ONE_ANOTHER = slices()
            .matching("uz.koprik.indicators.store.(lucene|elasticsearch)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule VERTX_ONLY_IN_THE_GATEWAY = noClasses()
            .that()
            .resideOutsideOfPackage("uz.koprik.gateway..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.netty..");

    @ArchTest
    static final ArchRule BOUNCY_CASTLE_ONLY_IN_CRYPTO = noClasses()
            .that()
            .resideOutsideOfPackage("uz.koprik.crypto..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bouncycastle..");

    @ArchTest
    static final ArchRule ROUTES_DO_NOT_KNOW_ONE_ANOTHER = ArchRuleDefinition.classes()
            .that()
            .haveSimpleNameEndingWith("Routes")
            .should(new ArchCondition<>("not depend on other routes") {
                @Override
                public void check(JavaClass routes, ConditionEvents events) {
                    routes.getDirectDependenciesFromSelf().stream()
                            .filter(dependency -> isOtherRoutes(routes, dependency.getTargetClass()))
                            .forEach(dependency ->
                                    events.add(SimpleConditionEvent.violated(routes, dependency.getDescription())));
                }
            });

    @ArchTest
    static final ArchRule ONLY_THE_WIRING_OPENS_STORES = noClasses()
            .that()
            .resideOutsideOfPackage("uz.koprik.indicators.store..")
            .and(DescribedPredicate.not(DescribedPredicate.describe(
                    "are the wiring",
                    (JavaClass wiring) -> wiring.getPackageName().equals("uz.koprik.gateway"))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "uz.koprik.indicators.store.lucene..",
                    "uz.koprik.indicators.store.elasticsearch..",
                    "uz.koprik.indicators.store.journal..");

    @ArchTest
    static final ArchRule LIBRARIES_DO_NOT_PRINT = noClasses()
            .that()
            .resideOutsideOfPackages("uz.koprik.gateway.cli..", "uz.koprik.gateway.demo..")
            .and()
            .doNotHaveFullyQualifiedName("uz.koprik.gateway.Main")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule ONE_OWNER_OF_THREADS = noClasses()
            .that()
            .resideInAPackage("uz.koprik.gateway..")
            .and()
            .resideOutsideOfPackage("uz.koprik.gateway.concurrent..")
            .should()
            .callCodeUnitWhere(DescribedPredicate.describe("start threads or periodic timers; ask CentreThreads or ThreadPools", call -> {
                String owner = call.getTargetOwner().getFullName();
                String name = call.getTarget().getName();
                return switch (owner) {
                    case "java.lang.Thread" -> Set.of("ofVirtual", "ofPlatform", "startVirtualThread", "<init>").contains(name);
                    case "java.util.concurrent.Executors" -> true;
                    case "java.util.Timer", "java.util.concurrent.ThreadPoolExecutor", "java.util.concurrent.ForkJoinPool",
                            "java.util.concurrent.ScheduledThreadPoolExecutor" -> true;
                    case "io.vertx.core.Vertx" -> name.equals("setPeriodic");
                    default -> false;
                };
            }));

    /** Names and reasons come from partners: one class makes them fit for a terminal. */
    @ArchTest
    static final ArchRule COMMANDS_PRINT_BY_COMMAND_OUTPUT = noClasses()
            .that()
            .resideInAnyPackage("uz.koprik.gateway.cli..", "uz.koprik.gateway.demo..")
            .or()
            .haveFullyQualifiedName("uz.koprik.gateway.Main")
            .and()
            .doNotHaveSimpleName("CommandOutput")
            .should()
            .callMethodWhere(DescribedPredicate.describe("print past CommandOutput", (JavaMethodCall call) ->
                    (call.getTargetOwner().isAssignableTo(PrintWriter.class) || call.getTargetOwner().isAssignableTo(PrintStream.class))
                            && Set.of("print", "println", "printf", "format", "write", "append").contains(call.getTarget().getName())));

    @ArchTest
    static final ArchRule NO_CYCLES_BETWEEN_MODULES =
            slices().matching("uz.koprik.(*)..").should().beFreeOfCycles();

    private static boolean isOtherRoutes(JavaClass routes, JavaClass other) {
        return other.getSimpleName().endsWith("Routes")
                && !other.getSimpleName().equals("Routes")
                && !other.equals(routes);
    }
}
