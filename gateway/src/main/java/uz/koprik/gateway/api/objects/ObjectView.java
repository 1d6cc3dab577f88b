package uz.koprik.gateway.api.objects;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.CentreNames;
import uz.koprik.gateway.api.common.DisplayTitle;
import uz.koprik.gateway.api.common.MatchVisibility;
import uz.koprik.gateway.api.common.RecalledView;
import uz.koprik.gateway.api.common.RemarkView;
import uz.koprik.gateway.api.common.SignerView;
import uz.koprik.gateway.api.common.Times;
import uz.koprik.gateway.api.common.UnprovenView;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.partners.LostProof;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.extraction.ObservableExtraction;
import uz.koprik.indicators.observable.forms.ValueRemark;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.EffectiveMarking;
import uz.koprik.indicators.stix.ForgivenFaults;
import uz.koprik.indicators.stix.values.RedactionExtension;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.Provenance;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/** One version of one object with its provenance; the schema {@code StoredObject} says what each part is. */
public record ObjectView(
        Long seq,
        String id,
        String type,
        String specVersion,
        String version,
        String created,
        String title,
        String producer,
        String producerCentre,
        String receivedFrom,
        String submittedBy,
        String received,
        boolean revoked,
        RecalledView recalled,
        boolean superseded,
        String digest,
        MarkingView marking,
        String origin,
        List<SignerView> signedBy,
        UnprovenView unproven,
        String verification,
        List<ValueView> values,
        List<String> refs,
        List<String> notes,
        @JsonRawValue String object) {

    static ObjectView of(Caller caller, Entry entry, AnalystServices services) throws StoreUnavailable {
        Trust trust = services.trust();
        // Members of the centre may know which account submitted the object.
        boolean member =
                !(caller.recipient() instanceof Recipient.Client) && !(caller.recipient() instanceof Recipient.Partner);
        EntryMetadata facts = entry.facts();
        JsonObject json = StoredObject.json(entry);
        return new ObjectView(
                MatchVisibility.seq(caller, entry),
                facts.id(),
                facts.type(),
                facts.specVersion(),
                Times.text(facts.version()),
                Times.text(facts.created()),
                DisplayTitle.of(entry, json),
                facts.producer().orElse(null),
                facts.producer()
                        .flatMap(trust::producer)
                        .map(TrustedCentre::name)
                        .orElse(null),
                facts.receivedFrom().isEmpty() ? null : facts.receivedFrom(),
                member && !facts.submittedBy().isEmpty() ? facts.submittedBy() : null,
                Times.text(entry.firstAdded()),
                facts.revoked(),
                member
                        ? services.knownRecalls()
                                .fact(caller.recipient(), facts.id())
                                .map(RecalledView::of)
                                .orElse(null)
                        : null,
                entry.superseded(),
                facts.digest(),
                MarkingView.of(entry, services.unmarked(), member ? Optional.of(trust) : Optional.empty()),
                facts.provenance().origin().name().toLowerCase(Locale.ROOT),
                SignerView.of(facts.provenance()),
                UnprovenView.of(trust, entry),
                verification(entry, trust),
                ValueView.of(facts.observables(), ObservableExtraction.interpreted(json, facts.observables())),
                facts.refs().stream()
                        .filter(ref -> !RedactionExtension.isMark(ref))
                        .toList(),
                ForgivenFaults.texts(json),
                new String(StoredObject.bytes(entry), StandardCharsets.UTF_8));
    }

    private static String verification(Entry entry, Trust trust) {
        return LostProof.of(trust, entry)
                .map(lost -> "NOT PROVEN any more: key " + lost.kid() + " of " + lost.centre()
                        + " is compromised since " + lost.since() + ", and this was first seen here at "
                        + Times.text(entry.firstAdded()) + ". Before the revocation, " + held(entry))
                .orElseGet(() -> held(entry));
    }

    private static String held(Entry entry) {
        Provenance provenance = entry.facts().provenance();
        String from = entry.facts().receivedFrom();
        String through = from.isEmpty() ? "" : ", came through " + from;
        String when = " at " + Times.text(entry.firstAdded());
        return switch (provenance.origin()) {
            case SIGNED ->
                "its producer's signature inside the object held when it was taken in: " + signers(provenance) + through
                        + ", verified" + when;
            case COUNTERSIGNED ->
                "a countersignature beside the object held when it was taken in: " + signers(provenance) + through
                        + ", verified" + when;
            case UNSIGNED ->
                "nobody vouches for it: taken in" + when + (from.isEmpty() ? "" : " from " + from)
                        + " without a signature, by explicit configuration";
        };
    }

    private static String signers(Provenance provenance) {
        return provenance.signers().stream()
                .map(s -> s.centre() + " with " + s.alg() + " key " + s.kid())
                .collect(Collectors.joining(" and "));
    }

    /**
     * The marking in force and why.
     *
     * @param tlp effective marking
     * @param own whether this centre produced it
     * @param personal whether it carries personal observables
     * @param house whether it never leaves the centre
     * @param held how the release desk holds it; null when it does not
     * @param why a sentence
     * @param recipients names of the centres that it goes to and no others; absent when its markings name none
     * @param groups names of the sharing groups to whose members it goes and no others; absent for none
     * @param embargo when it may leave the centre; absent for any time
     */
    record MarkingView(
            String tlp,
            boolean own,
            boolean personal,
            boolean house,
            String held,
            String why,
            List<String> recipients,
            List<String> groups,
            String embargo) {

        /** @param trust names recipients; empty for a caller who is no member and does not read who else gets it */
        static MarkingView of(Entry entry, Tlp unmarked, Optional<Trust> trust) {
            ReleaseTerms release = entry.release();
            return new MarkingView(
                    release.tlp().label(),
                    release.own(),
                    release.personal(),
                    release.house(),
                    release.held() ? release.hold().name().toLowerCase(Locale.ROOT) : null,
                    why(entry, unmarked),
                    trust.flatMap(names -> release.recipients().map(ids -> ids.stream()
                                    .map(id -> Optional.ofNullable(CentreNames.owner(names, Optional.of(id)))
                                            .orElse(id))
                                    .toList()))
                            .orElse(null),
                    trust.filter(names -> !release.groups().isEmpty())
                            .map(names -> release.groups().keySet().stream()
                                    .map(id -> CentreNames.group(names, id))
                                    .toList())
                            .orElse(null),
                    trust.flatMap(names -> release.embargo())
                            .map(Instant::toString)
                            .orElse(null));
        }

        private static String why(Entry entry, Tlp unmarked) {
            Tlp effective = entry.release().tlp();
            Optional<Tlp> own = own(entry);
            if (entry.release().house()) {
                return "a case file, or an object that refers to one, never leaves the centre";
            }
            if (own.isPresent() && own.get() == effective) {
                return "the object carries this marking itself";
            }
            if (effective == unmarked && !EffectiveMarking.isMarkedAsAWhole(StoredObject.stix(entry))) {
                return "the object carries no marking" + (own.isPresent() ? " as a whole" : "")
                        + "; this is what the centre assumes then";
            }
            boolean others = !EffectiveMarking.others(StoredObject.stix(entry)).isEmpty();
            return "taken over from a stricter object it refers to"
                    + (others ? ", or from a marking that was unknown here" : "")
                    + "; by itself it is "
                    + own.map(Tlp::label).orElse("unmarked");
        }

        private static Optional<Tlp> own(Entry entry) {
            return EffectiveMarking.own(StoredObject.stix(entry));
        }
    }

    /**
     * A value an object carries.
     *
     * @param kind what it is
     * @param value normal form
     * @param interpreted true when it stands where values of another kind belong, and was read as what it plainly is;
     *     absent otherwise
     * @param remark what people should know of it besides, such as all coins that share the form of an address; absent
     *     for nothing
     * @param remarkCodes the same for programs
     */
    public record ValueView(
            String kind, String value, Boolean interpreted, String remark, List<RemarkView> remarkCodes) {

        public static List<ValueView> ofKeys(List<String> keys) {
            return of(keys, Set.of());
        }

        static List<ValueView> of(List<String> keys, Set<Observable> interpreted) {
            return keys.stream()
                    .map(Observable::ofKey)
                    .filter(value -> !value.isShared())
                    .map(value -> new ValueView(
                            value.kind().code(),
                            value.value(),
                            interpreted.contains(value) ? Boolean.TRUE : null,
                            ValueRemark.text(value.remarks()).orElse(null),
                            RemarkView.of(value.remarks())))
                    .toList();
        }
    }
}
