package uz.koprik.gateway.redactions;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.MarkingDefinitions;
import uz.koprik.indicators.stix.ReleaseLimits;
import uz.koprik.indicators.stix.ReleaseMarking;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/** Decides which parts of one object may stay for a goal, by their markings. Reads all definitions before it judges. */
final class MarkingJudge {

    /** What a marking says that is none of TLP. */
    enum Meaning {
        /** Nobody here knows; it counts as the strictest. */
        UNKNOWN,
        /** For people to read. */
        STATEMENT,
        /** To whom and when it releases. */
        LIMITS
    }

    private final Map<String, ReleaseMarking> limits = new HashMap<>();
    private final Map<String, Meaning> meanings = new HashMap<>();
    private final Entry original;
    private final LocalCentre centre;
    private final Trust trust;
    private final Release release;
    private final Instant now;

    /** @param markings the ids of all markings of {@code original} that are none of TLP */
    MarkingJudge(
            Entry original,
            Iterable<String> markings,
            Recipient reader,
            LocalCentre centre,
            Trust trust,
            Release release,
            Instant now)
            throws StoreUnavailable {
        this.original = original;
        this.centre = centre;
        this.trust = trust;
        this.release = release;
        this.now = now;
        for (String marking : markings) {
            Optional<StixObject> definition = release.latest(reader, marking).map(StoredObject::stix);
            Optional<ReleaseMarking> said = definition.flatMap(ReleaseMarking::of);
            said.ifPresent(one -> limits.put(marking, one));
            meanings.put(
                    marking,
                    definition.filter(MarkingDefinitions::understood).isEmpty()
                            ? Meaning.UNKNOWN
                            : said.isPresent() ? Meaning.LIMITS : Meaning.STATEMENT);
        }
    }

    Meaning meaning(String marking) {
        return meanings.getOrDefault(marking, Meaning.UNKNOWN);
    }

    /** Whether a part with that marking may stay. */
    boolean stays(String marking, RedactionGoal goal, Tlp whole) {
        Optional<Tlp> tlp = Markings.tlp(marking);
        if (tlp.isEmpty() && meaning(marking) != Meaning.LIMITS) {
            return meaning(marking) == Meaning.STATEMENT;
        }
        if (goal instanceof RedactionGoal.ForPartner(Recipient.Partner partner)) {
            return (ofUs() || tlp.isPresent()) && released(marking, tlp.orElse(Tlp.CLEAR), partner);
        }
        return tlp.filter(one -> one.compareTo(goal.most(whole).orElseThrow()) <= 0)
                .isPresent();
    }

    /** Whether this centre made the original, and so marks its redaction by markings of its own. */
    boolean ofUs() {
        return original.facts().producer().filter(centre.identity()::equals).isPresent();
    }

    private boolean released(String marking, Tlp tlp, Recipient.Partner partner) {
        ReleaseTerms plain = new ReleaseTerms(tlp, original.release().own(), false, false).withKinds(Set.of());
        ReleaseTerms terms = limits.containsKey(marking)
                ? ReleaseLimits.of(limits.get(marking), group -> trust.group(group)
                                .map(one -> one.since(now))
                                .orElse(Instant.EPOCH))
                        .apply(plain, now)
                : plain;
        return release.would(terms.madeOf(original.release()), partner).released();
    }
}
