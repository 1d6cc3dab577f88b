package uz.koprik.gateway.api.common;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.indicators.correlation.Certainty;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.forms.ValueRemark;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.Entry;

/**
 * A value and the objects that match it, as the API shows them.
 *
 * @param kind of the value; absent when a pattern was satisfied by nothing of a known kind, as the next three are
 * @param value in normal form
 * @param rule why the two belong together
 * @param pattern that was satisfied, when that is the rule
 * @param otherKind of the matching value
 * @param otherValue the matching value, in normal form
 * @param count how many objects carry it, as far as the caller may see and as far as was counted
 * @param more whether there are more
 * @param met the ones added last, newest first
 * @param certainty how sure it is
 * @param remark what the two values have in common when they only may be the same; absent otherwise
 * @param remarkCodes the same for programs
 */
public record MatchView(
        String kind,
        String value,
        String rule,
        String pattern,
        String otherKind,
        String otherValue,
        long count,
        boolean more,
        List<MetView> met,
        CertaintyView certainty,
        String remark,
        List<RemarkView> remarkCodes) {

    public static MatchView of(ValueMatch match, Trust trust) {
        return of(
                match,
                match.met().stream()
                        .map(met -> MetView.of(met, match.other(), trust))
                        .toList());
    }

    public static MatchView of(ValueMatch match, List<MetView> met) {
        return new MatchView(
                match.observable().map(value -> value.kind().code()).orElse(null),
                match.observable().map(Observable::value).orElse(null),
                match.rule().name().toLowerCase(Locale.ROOT),
                match.pattern().orElse(null),
                match.other().map(value -> value.kind().code()).orElse(null),
                match.other().map(Observable::value).orElse(null),
                match.count(),
                match.more(),
                met,
                CertaintyView.of(match.certainty()),
                match.remark().map(ValueRemark::text).orElse(null),
                RemarkView.of(match.remark().map(List::of).orElse(List.of())));
    }

    public static List<MatchView> of(List<ValueMatch> matches, Trust trust) {
        return matches.stream().map(match -> of(match, trust)).toList();
    }

    /**
     * How sure a match is.
     *
     * @param score 0 to 100
     * @param producers how many producers make a claim, among the listed objects
     * @param newest when one of them said so last; absent when nobody says anything
     */
    record CertaintyView(int score, int producers, String newest) {

        public static CertaintyView of(Certainty certainty) {
            return new CertaintyView(certainty.score(), certainty.producers(), Times.text(certainty.newest()));
        }
    }

    /**
     * Where others saw what an object describes.
     *
     * @param count how often, as far as they said
     * @param last when last; absent when no proven sighting says so
     * @param unproven how many further sightings are left out, since they are not proven any more; absent for none
     */
    public record SightingsView(long count, String last, Long unproven) {}

    /**
     * One object that carries the value.
     *
     * @param id STIX id
     * @param type STIX type
     * @param title its name, or number and title of a case file
     * @param caseNumber when it is a case file
     * @param producer {@code created_by_ref}
     * @param producerCentre the centre that owns the producer, by the trust list
     * @param receivedFrom the partner it came from; absent for this centre
     * @param received when it was added here
     * @param tlp the marking in force; absent in matches
     * @param revoked true when its creator revoked it; absent otherwise
     * @param interpreted true when the matching value stands in it where values of another kind belong, and was read as
     *     what it plainly is; absent otherwise
     * @param origin how the proof came: signed, countersigned, unsigned
     * @param signedBy every signature that held
     * @param unproven why it is not proven any more; absent when it is, or never was
     * @param sightings of it, when there are any and matches are looked up
     * @param verdict of this centre's analysts on the value in this object, when there is one and matches are looked up
     */
    public record MetView(
            String id,
            String type,
            String title,
            String caseNumber,
            String producer,
            String producerCentre,
            String receivedFrom,
            String received,
            String tlp,
            Boolean revoked,
            Boolean interpreted,
            String origin,
            List<SignerView> signedBy,
            UnprovenView unproven,
            SightingsView sightings,
            VerdictView verdict) {

        /** Without sightings and verdict. */
        public static MetView of(ValueMatch.MatchedObject met, Optional<Observable> value, Trust trust) {
            return of(met, value, trust, null, null);
        }

        /** A stored object, with its marking, without sightings and verdict. */
        public static MetView of(Entry entry, Trust trust) {
            return of(
                    ValueMatch.MatchedObject.of(entry),
                    Optional.empty(),
                    trust,
                    entry.release().tlp(),
                    null,
                    null);
        }

        /** A stored object that is listed for {@code value}, with its marking, without sightings and verdict. */
        public static MetView of(ValueMatch.MatchedObject met, Tlp tlp, Observable value, Trust trust) {
            return of(met, Optional.of(value), trust, tlp, null, null);
        }

        /** The object as it is listed for {@code value}, when it is listed for one. */
        public static MetView of(
                ValueMatch.MatchedObject met,
                Optional<Observable> value,
                Trust trust,
                SightingsView sightings,
                VerdictView verdict) {
            return of(met, value, trust, null, sightings, verdict);
        }

        private static MetView of(
                ValueMatch.MatchedObject met,
                Optional<Observable> value,
                Trust trust,
                Tlp tlp,
                SightingsView sightings,
                VerdictView verdict) {
            return new MetView(
                    met.id(),
                    met.type(),
                    met.title(),
                    met.caseNumber().orElse(null),
                    met.producer().orElse(null),
                    CentreNames.owner(trust, met.producer()),
                    met.receivedFrom().isEmpty() ? null : met.receivedFrom(),
                    Times.text(met.added()),
                    tlp == null ? null : tlp.label(),
                    met.revoked() ? Boolean.TRUE : null,
                    value.filter(met.interpreted()::contains).isPresent() ? Boolean.TRUE : null,
                    met.provenance().origin().name().toLowerCase(Locale.ROOT),
                    SignerView.of(met.provenance()),
                    UnprovenView.of(trust, met),
                    sightings,
                    verdict);
        }
    }
}
