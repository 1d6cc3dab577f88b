package uz.koprik.gateway.casematch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.intake.Objects;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.TestCentre;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.policy.UnknownMarking;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.elasticsearch.ElasticNode;
import uz.koprik.indicators.store.elasticsearch.ElasticStore;
import uz.koprik.indicators.store.elasticsearch.client.ElasticOptions;
import uz.koprik.indicators.warninglist.WarningLists;

/**
 * Two gateways of one centre on one real cluster: each learns the patterns and the observed data that the other stores.
 */
class PatternFollowerTest {

    private static final Duration LOOK = Duration.ofMillis(50);

    @TempDir
    Path folder;

    /** One gateway, as far as patterns go. */
    private static final class Gateway implements AutoCloseable {
        final String identity;
        final InternalStore store;
        final Correlator correlator;
        final Intake intake;
        final PatternFollower follower;

        Gateway(TestCentre centre, ElasticOptions options) throws IOException {
            identity = centre.identity;
            store = ElasticStore.open(options);
            correlator = new Correlator(store, () -> WarningLists.NONE, () -> centre.now);
            intake = new Intake(
                    store,
                    centre.localCentre(),
                    centre.trust,
                    centre.partners,
                    correlator,
                    Tlp.CLEAR,
                    UnknownMarking.STRICTEST,
                    centre.home.resolve("evidence"),
                    () -> centre.now);
            follower = PatternFollower.start(store, correlator, LOOK, CentreThreads.unwatched());
        }

        Outcome take(String object) throws StoreUnavailable {
            Outcome outcome = intake.take(TestCentre.offered(object), new Source.Account("anna", true))
                    .getFirst();
            assertEquals(Optional.empty(), outcome.refusal());
            return outcome;
        }

        Outcome report(String id, String pattern, int day, String more) throws StoreUnavailable {
            return take(Objects.indicator(id, identity, pattern, "2026-11-0" + day + "T00:00:00.000Z", null)
                    .replaceFirst("}$", more + "}"));
        }

        /** A process, which is no value of any known kind: only patterns find it. */
        Outcome see(String command) throws StoreUnavailable {
            return take("{\"type\":\"observed-data\",\"spec_version\":\"2.1\",\"id\":\"" + Objects.id("observed-data")
                    + "\",\"created_by_ref\":\"" + identity + "\",\"created\":\"2026-11-02T00:00:00.000Z\","
                    + "\"modified\":\"2026-11-02T00:00:00.000Z\",\"first_observed\":\"2026-11-01T00:00:00Z\","
                    + "\"last_observed\":\"2026-11-01T00:00:00Z\",\"number_observed\":1,\"objects\":{\"0\":{\"type\":\"process\","
                    + "\"id\":\"process--" + UUID.randomUUID() + "\",\"command_line\":\"" + command + "\"}}}");
        }

        long held() {
            return correlator.patterns().figures().held();
        }

        @Override
        public void close() {
            follower.close();
            intake.close();
            store.close();
        }
    }

    private static Set<String> met(Outcome outcome) {
        return outcome.matches().all().stream()
                .filter(match -> match.rule() == ValueMatch.Rule.PATTERN)
                .flatMap(match -> match.met().stream())
                .map(ValueMatch.MatchedObject::id)
                .collect(Collectors.toSet());
    }

    @Test
    void whatOneStoresTheOtherTestsAgainst() throws Exception {
        ElasticOptions options = ElasticOptions.of(
                List.<URI>of(ElasticNode.shared().url()),
                "f" + UUID.randomUUID().toString().replace("-", ""));
        try (TestCentre centre = new TestCentre("tashkent", folder);
                Gateway one = new Gateway(centre, options);
                Gateway two = new Gateway(centre, options)) {
            RunningCentre.await(() -> one.correlator.patterns().figures().complete()
                    && two.correlator.patterns().figures().complete());
            String id = Objects.id("indicator");
            two.report(id, "[process:command_line LIKE 'calc%']", 1, "");
            RunningCentre.await(() -> one.held() == 1);
            assertEquals(Set.of(id), met(one.see("calc.exe")), "an indicator that the other gateway stored");

            String seen = two.see("regsvr32.exe").id();
            RunningCentre.await(
                    () -> met(one.report(Objects.id("indicator"), "[process:command_line LIKE 'regsvr%']", 1, ""))
                            .contains(seen));

            // Another version there is another pattern here.
            two.report(id, "[process:command_line LIKE 'notepad%']", 3, "");
            RunningCentre.await(() -> met(one.see("notepad.exe")).contains(id));
            assertTrue(met(one.see("calc.exe")).isEmpty(), "the version before is not in force");
            two.report(id, "[process:command_line LIKE 'notepad%']", 4, ",\"revoked\":true");
            RunningCentre.await(() -> met(one.see("notepad.exe")).isEmpty());
        }
    }
}
