package uz.koprik.gateway.exchange;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import uz.koprik.indicators.store.Store;

/** There are two doors and no window: who answers somebody asks {@link Release}, who takes something in asks {@link Intake}. */
@AnalyzeClasses(packages = "uz.koprik.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
final class DoorsTest {

    private static final Set<String> OUT = Set.of("at", "latest", "versions", "page", "carriers", "referrers", "search");
    private static final Set<String> IN = Set.of("append", "restrict", "withdraw");

    @ArchTest
    static final ArchRule NOTHING_LEAVES_PAST_RELEASE = rule(OUT, "read objects from the store; ask Release, which knows its recipient");

    @ArchTest
    static final ArchRule NOTHING_ENTERS_PAST_INTAKE = rule(IN, "write objects to the store; give them to Intake, which judges them");

    private static ArchRule rule(Set<String> methods, String what) {
        return noClasses()
                .that()
                .resideOutsideOfPackage("uz.koprik.gateway.exchange..")
                .and()
                .resideOutsideOfPackage("uz.koprik.gateway") // the wiring, which publishes the identity of the centre
                .should()
                .callMethodWhere(DescribedPredicate.describe(what, (JavaMethodCall call) ->
                        call.getTargetOwner().isAssignableTo(Store.class) && methods.contains(call.getTarget().getName())));
    }
}
