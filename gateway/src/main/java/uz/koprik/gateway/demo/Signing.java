package uz.koprik.gateway.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.indicators.observable.ObservableKind;

/** Agreements that both centres sign, as operators do it. */
final class Signing {

    private static final long PATIENCE_SECONDS = 60;

    private Signing() {}

    /**
     * Proposes an agreement up to TLP:AMBER on all kinds of observables, the personal ones by name.
     *
     * @return its id
     */
    static String propose(DemoCentre centre, DemoCentre partner, String purpose) throws DemoFailed {
        String kinds = Stream.concat(
                        Stream.of("technical"),
                        Arrays.stream(ObservableKind.values())
                                .filter(ObservableKind::personal)
                                .map(ObservableKind::code))
                .collect(Collectors.joining(","));
        String answer = centre.koprik(
                "--json",
                "agreement",
                "propose",
                partner.name(),
                "--purpose",
                purpose,
                "--kinds",
                kinds,
                "--max-tlp",
                "amber",
                "--relay",
                "--valid-until",
                Instant.now().plus(Duration.ofDays(365)).toString(),
                "--legal-basis",
                "memorandum of 2026-11-02",
                "--own-contact",
                "mailto:soc@" + centre.name() + ".example.com",
                "--partner-contact",
                "mailto:soc@" + partner.name() + ".example.com");
        return CentreAnswers.parse(answer.getBytes(StandardCharsets.UTF_8))
                .path("id")
                .asText();
    }

    /** Countersigns a proposal, as soon as it arrived. */
    static void accept(DemoCentre centre, String id) throws DemoFailed, InterruptedException {
        await(centre, id, "proposed");
        centre.koprik("agreement", "accept", id);
    }

    /** Returns when an agreement is in force at a centre. */
    static void awaitInForce(DemoCentre centre, String id) throws DemoFailed, InterruptedException {
        await(centre, id, "in_force");
    }

    private static void await(DemoCentre centre, String id, String state) throws DemoFailed, InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            for (JsonNode agreement : centre.get("/api/agreements").path("agreements")) {
                if (agreement.path("id").asText().equals(id)
                        && agreement
                                .path("versions")
                                .path(0)
                                .path("state")
                                .asText()
                                .equals(state)) {
                    return;
                }
            }
            if (System.nanoTime() > until) {
                throw new DemoFailed("the agreement " + id + " does not come to " + state + " at " + centre.name());
            }
            Thread.sleep(100);
        }
    }
}
