package uz.koprik.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.CacheMode;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.intake.UnclearedMatches;
import uz.koprik.gateway.release.PageFilter;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.bursts.DailyCounts;
import uz.koprik.indicators.correlation.Correlation;
import uz.koprik.indicators.correlation.CorrelationSubject;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.observable.network.NetworkKey;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.RangeCarriers;
import uz.koprik.indicators.store.Store;
import uz.koprik.indicators.store.StoreStatus;
import uz.koprik.indicators.store.Versions;
import uz.koprik.indicators.store.lucene.LuceneStore;

/**
 * {@link Release} alone reads on behalf of somebody, {@link Intake} alone writes: nothing else knows the store, nor
 * what reads it without a recipient.
 */
@SuppressWarnings("UnusedMethod") // of the examples, which are only analysed
@AnalyzeClasses(
        packages = "uz.koprik.gateway",
        importOptions = ImportOption.DoNotIncludeTests.class,
        cacheMode = CacheMode.PER_CLASS)
final class DoorsTest {

    /**
     * The way in, the way out, matches of case files for alerts (which {@code AlertAudience} bounds), what erases by
     * itself and on order, and the wiring.
     */
    private static final Set<String> ALLOWED = Set.of(
            "uz.koprik.gateway.intake",
            "uz.koprik.gateway.release",
            "uz.koprik.gateway.casematch",
            "uz.koprik.gateway.retention",
            "uz.koprik.gateway.centre");

    @ArchTest
    static final ArchRule NOTHING_ELSE_KNOWS_THE_STORE = rule();

    private static ArchRule rule() {
        return noClasses()
                .that(DescribedPredicate.describe(
                        "are neither intake, release, case matches, retention nor wiring",
                        type -> !ALLOWED.contains(type.getPackageName())))
                .should()
                .dependOnClassesThat(DescribedPredicate.describe("read or write the store", type -> Stream.of(
                                Store.class, Correlator.class, DailyCounts.class, UnclearedMatches.class)
                        .anyMatch(door ->
                                type.isAssignableTo(door) || type.getName().startsWith(door.getName() + "$"))))
                .because(
                        "what reads asks Release, which knows its recipient, and what writes submits to Intake, which judges it");
    }

    private static boolean violates(Class<?> type) {
        return rule().evaluate(new ClassFileImporter().importClasses(type)).hasViolation();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                CallsMethod.class, ReferencesMethod.class, HoldsField.class, HoldsBackend.class, ReturnsStore.class,
                        TakesGeneric.class,
                ReadsWithin.class, WritesSnapshot.class, Correlates.class, ReferencesCorrelation.class,
                        CountsDays.class, OpensMatches.class
            })
    void everyWayToTheStoreIsSeen(Class<?> type) {
        assertTrue(violates(type), type.getSimpleName());
    }

    @Test
    void aRouteThatAsksReleaseIsAllowed() {
        assertFalse(violates(AsksRelease.class));
    }

    private record CallsMethod(Object store) {
        Object read(String id) throws Exception {
            return ((InternalStore) store).latest(id);
        }
    }

    private record ReferencesMethod(Object supplier) {
        static Function<Object, Object> reference() {
            Function<InternalStore, StoreStatus> status = InternalStore::status;
            return value -> status;
        }
    }

    private record HoldsField(Store store) {}

    private record HoldsBackend(LuceneStore store) {}

    private interface ReturnsStore {
        Store store();
    }

    private interface TakesGeneric {
        void take(List<? extends Store> stores);
    }

    private interface ReadsWithin {
        static Map<NetworkKey.Span, RangeCarriers> read(Object store, Collection<NetworkKey.Span> places)
                throws Exception {
            return ((Store) store).within(places, Audience.HOUSEKEEPING, 1, 1);
        }
    }

    private interface WritesSnapshot {
        static void write(Object store, Path folder) throws Exception {
            ((InternalStore) store).snapshot(folder);
        }
    }

    private interface Correlates {
        static Correlation correlate(Object correlator, CorrelationSubject subject) throws Exception {
            return ((Correlator) correlator)
                    .correlate(List.of(subject), Audience.HOUSEKEEPING)
                    .getFirst();
        }
    }

    private interface ReferencesCorrelation {
        static Function<Correlator, Object> reference() {
            return Correlator::patterns;
        }
    }

    private interface CountsDays {
        static Object count(Object tally) throws Exception {
            return ((DailyCounts) tally).upTo(1);
        }
    }

    private interface OpensMatches {
        static Function<UnclearedMatches, Object> reference() {
            return UnclearedMatches::all;
        }
    }

    private record AsksRelease(Release release) {
        List<Entry> read(Recipient recipient, String id) throws Exception {
            return release.page(recipient, PageFilter.ofObject(id, Versions.ALL), 0, 1)
                    .entries();
        }
    }
}
