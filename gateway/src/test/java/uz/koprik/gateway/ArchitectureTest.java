package uz.koprik.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.CacheMode;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The walls of the house (docs/CONTRIBUTING.md): who may use what. */
@AnalyzeClasses(
        packages = "uz.koprik",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class},
        cacheMode = CacheMode.PER_CLASS)
final class ArchitectureTest {

    private static final int MOST_FILES = 30;

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
            .doNotHaveFullyQualifiedName(
                    "uz.koprik.indicators.store.elasticsearch.RecordPacking") // takes LZ4 from it, and no index
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
    static final ArchRule BACKENDS_DO_NOT_KNOW_ONE_ANOTHER = slices().matching(
                    "uz.koprik.indicators.store.(lucene|elasticsearch)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule VERTX_ONLY_IN_THE_GATEWAY = noClasses()
            .that()
            .resideOutsideOfPackage("uz.koprik.gateway..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.netty..");

    /** Classes that a centre without tracing loads know nothing of OpenTelemetry. */
    @ArchTest
    static final ArchRule OPENTELEMETRY_ONLY_WHERE_SPANS_ARE_RECORDED = noClasses()
            .that()
            .resideOutsideOfPackage("uz.koprik.gateway.tracing..")
            .or()
            .haveSimpleNameStartingWith("No")
            .or()
            .areInterfaces()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.opentelemetry..");

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
            .and(DescribedPredicate.not(
                    DescribedPredicate.describe("are the wiring", (JavaClass wiring) -> wiring.getPackageName()
                            .equals("uz.koprik.gateway.centre"))))
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
            .callCodeUnitWhere(DescribedPredicate.describe(
                    "start threads or periodic timers; ask CentreThreads or ThreadPools", call -> {
                        String owner = call.getTargetOwner().getFullName();
                        String name = call.getTarget().getName();
                        return switch (owner) {
                            case "java.lang.Thread" ->
                                Set.of("ofVirtual", "ofPlatform", "startVirtualThread", "<init>")
                                        .contains(name);
                            case "java.util.concurrent.Executors" -> true;
                            case "java.util.Timer",
                                    "java.util.concurrent.ThreadPoolExecutor",
                                    "java.util.concurrent.ForkJoinPool",
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
            .callMethodWhere(DescribedPredicate.describe(
                    "print past CommandOutput",
                    (JavaMethodCall call) -> (call.getTargetOwner().isAssignableTo(PrintWriter.class)
                                    || call.getTargetOwner().isAssignableTo(PrintStream.class))
                            && Set.of("print", "println", "printf", "format", "write", "append")
                                    .contains(call.getTarget().getName())));

    /** Every package, from the bottom to the top: each uses only packages before it, so there are no cycles. */
    private static final List<String> ORDER = List.of(
            "crypto",
            "crypto.json",
            "crypto.algorithm",
            "crypto.jws",
            "crypto.trust",
            "crypto.pkcs11",
            "crypto.envelope",
            "indicators.wording",
            "indicators.policy",
            "indicators.pattern",
            "indicators.observable.coins",
            "indicators.observable.forms",
            "indicators.observable",
            "indicators.observable.network",
            "indicators.observable.text.url",
            "indicators.observable.text",
            "indicators.observable.extraction",
            "indicators.stix.values",
            "indicators.pattern.match",
            "indicators.warninglist",
            "indicators.stix.rules",
            "indicators.stix.rules.types",
            "indicators.stix",
            "indicators.stix.conversion",
            "indicators.stix.redaction",
            "indicators.translate",
            "indicators.translate.misp",
            "indicators.translate.export",
            "indicators.imports.layout",
            "indicators.imports",
            "indicators.documents.rtf",
            "indicators.documents",
            "indicators.validation",
            "indicators.cases",
            "indicators.cases.tables",
            "indicators.store",
            "indicators.store.state",
            "indicators.store.lease",
            "indicators.store.words",
            "indicators.store.journal",
            "indicators.store.entries",
            "indicators.store.lucene",
            "indicators.store.elasticsearch.client",
            "indicators.store.elasticsearch",
            "indicators.bursts",
            "indicators.correlation",
            "gateway.logging",
            "gateway.trouble",
            "gateway.concurrent",
            "gateway.config",
            "gateway.clock",
            "gateway.tracing",
            "gateway.http",
            "gateway.health",
            "gateway.console",
            "gateway.auth",
            "gateway.accessrecord",
            "gateway.partners",
            "gateway.renewal",
            "gateway.desk",
            "gateway.intake",
            "gateway.release",
            "gateway.taxii",
            "gateway.agreements",
            "gateway.feeds",
            "gateway.recalls",
            "gateway.redactions",
            "gateway.casematch",
            "gateway.cases",
            "gateway.alerts.log",
            "gateway.alerts",
            "gateway.retention",
            "gateway.api.common",
            "gateway.api.acts",
            "gateway.sessions",
            "gateway.oidc",
            "gateway.api.misp",
            "gateway.api.objects",
            "gateway.api.search",
            "gateway.api.cases",
            "gateway.api.transfer",
            "gateway.api.documents",
            "gateway.sources",
            "gateway.api",
            "gateway.backup",
            "gateway.upkeep",
            "gateway.operations",
            "gateway.centre",
            "gateway.doctor",
            "gateway.cli",
            "gateway.cli.cases",
            "gateway.cli.search",
            "gateway.cli.partners",
            "gateway.cli.offline",
            "gateway.cli.recalls",
            "gateway.cli.retention",
            "gateway.cli.roles",
            "gateway.cli.centre",
            "gateway.demo",
            "gateway");

    @ArchTest
    static final ArchRule PACKAGES_USE_ONLY_THOSE_BEFORE_THEM = ArchRuleDefinition.classes()
            .should(new ArchCondition<>("use only packages that stand before their own in ORDER") {
                @Override
                public void check(JavaClass user, ConditionEvents events) {
                    int own = room(user);
                    if (own < 0) {
                        events.add(SimpleConditionEvent.violated(user, user.getPackageName() + " is missing in ORDER"));
                    }
                    user.getDirectDependenciesFromSelf().stream()
                            .filter(dependency -> room(dependency.getTargetClass()) > own)
                            .forEach(dependency ->
                                    events.add(SimpleConditionEvent.violated(user, dependency.getDescription())));
                }
            });

    @ArchTest
    static void packagesHaveAtMostThirtyFiles(JavaClasses all) {
        Map<String, Long> files = all.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
        files.values().removeIf(count -> count <= MOST_FILES);
        assertEquals(Map.of(), files);
    }

    /** No name twice, so that a name in a sentence or a stack trace means one class. */
    @ArchTest
    static void simpleNamesAreUnique(JavaClasses all) {
        Map<String, List<String>> names = all.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName,
                        TreeMap::new,
                        Collectors.mapping(JavaClass::getName, Collectors.toList())));
        names.values().removeIf(same -> same.size() == 1);
        assertEquals(Map.of(), names);
    }

    private static int room(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith("uz.koprik.") ? ORDER.indexOf(name.substring("uz.koprik.".length())) : -1;
    }

    private static boolean isOtherRoutes(JavaClass routes, JavaClass other) {
        return other.getSimpleName().endsWith("Routes")
                && !other.getSimpleName().equals("Routes")
                && !other.equals(routes);
    }
}
