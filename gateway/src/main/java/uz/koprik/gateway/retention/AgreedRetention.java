package uz.koprik.gateway.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import uz.koprik.gateway.agreements.AgreementVersion;
import uz.koprik.gateway.agreements.PartnerAgreements;

/**
 * What article 6 of all signed agreements says at one moment. The version that was in force when an object came counts,
 * and each later one that began since: the shortest of them. So a later version shortens the time of what is here
 * already, and never lengthens it. What came under an agreement follows it after its end. Immutable.
 */
final class AgreedRetention {

    /** One version that both parties signed, and when it rules. */
    private record Term(RetentionRule rule, Instant begin, Instant end) {

        /** Whether it ruled at a moment between two, both included. */
        boolean ruled(Instant from, Instant until) {
            return begin.isBefore(end) && end.isAfter(from) && !begin.isAfter(until);
        }
    }

    private final Map<String, List<Term>> byPartner;
    private final Instant now;

    private AgreedRetention(Map<String, List<Term>> byPartner, Instant now) {
        this.byPartner = byPartner;
        this.now = now;
    }

    /**
     * Objects say by a name from whom they came. A centre that was removed can have had the name of a partner: then the
     * agreements with both count.
     *
     * @param agreements by the identity of the other party
     * @param names under which that party gave objects
     * @param now versions that begin later do not count yet
     */
    static AgreedRetention of(
            Map<String, PartnerAgreements> agreements,
            BiFunction<String, PartnerAgreements, Set<String>> names,
            Instant now) {
        Map<String, List<Term>> terms = new HashMap<>();
        agreements.forEach((identity, all) -> names.apply(identity, all)
                .forEach(partner -> terms.computeIfAbsent(partner, first -> new ArrayList<>())
                        .addAll(terms(partner, all))));
        return new AgreedRetention(terms, now);
    }

    private static List<Term> terms(String partner, PartnerAgreements all) {
        List<AgreementVersion> agreed =
                all.versions().stream().filter(AgreementVersion::agreed).toList();
        return Stream.iterate(0, at -> at < agreed.size(), at -> at + 1)
                .map(at -> {
                    AgreementVersion version = agreed.get(at);
                    Instant end = Stream.concat(
                                    Stream.concat(
                                            Stream.of(version.text().validUntil()), all.terminated(version).stream()),
                                    // A later version replaces it when that one begins.
                                    agreed.subList(at + 1, agreed.size()).stream()
                                            .map(later -> later.text().validFrom()))
                            .min(Comparator.naturalOrder())
                            .orElseThrow();
                    return new Term(
                            RetentionRule.agreement(
                                    partner,
                                    version.text().modified().toString().substring(0, 10),
                                    version.text().retentionDays()),
                            version.text().validFrom(),
                            end);
                })
                .toList();
    }

    /** Days of the shortest term of all; empty when there is none. */
    Optional<Integer> shortest() {
        return byPartner.values().stream()
                .flatMap(List::stream)
                .map(term -> term.rule().days())
                .min(Comparator.naturalOrder());
    }

    /** The rule for what came from a partner; empty when no agreement ruled then or since. */
    Optional<RetentionRule> rule(String partner, Instant received) {
        return byPartner.getOrDefault(partner, List.of()).stream()
                .filter(term -> term.ruled(received, now))
                .map(Term::rule)
                .min(Comparator.comparingInt(RetentionRule::days));
    }
}
