package uz.koprik.gateway.redactions;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.PastSight;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.MarkingDefinitions;
import uz.koprik.indicators.stix.ReleaseLimits;
import uz.koprik.indicators.stix.ReleaseMarking;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;
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
            Optional<StixObject> definition =
                    release.latest(reader, marking).filter(this::submitterKnew).map(StoredObject::stix);
            Optional<ReleaseMarking> said = definition.flatMap(ReleaseMarking::of);
            said.ifPresent(one -> limits.put(marking, one));
            boolean unknown = definition.filter(MarkingDefinitions::understood).isEmpty()
                    || (said.isPresent() && ofUs() && !isOurs(definition.get()));
            meanings.put(marking, unknown ? Meaning.UNKNOWN : said.isPresent() ? Meaning.LIMITS : Meaning.STATEMENT);
        }
    }

    /** A marking is unknown, too, whose definition the account could not see that submitted the original. */
    private boolean submitterKnew(Entry definition) {
        EntryMetadata facts = original.facts();
        Instant added = Instant.EPOCH.plus(original.firstAdded(), ChronoUnit.MICROS);
        return !facts.receivedFrom().isEmpty()
                || new PastSight(facts.sight(), Set.of(), added).sees(definition.release());
    }

    /** Another centre does not name the recipients of our objects: its marking counts as unknown on them. */
    private boolean isOurs(StixObject definition) {
        return definition.createdByRef().filter(centre.identity()::equals).isPresent();
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

    /**
     * Whether this centre made the original, and so marks its redaction by markings of its own. One without a creator
     * is by who vouches for it.
     */
    boolean ofUs() {
        return original.facts()
                .producer()
                .map(centre.identity()::equals)
                .orElse(original.release().own());
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
