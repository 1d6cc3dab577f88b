package uz.koprik.gateway.intake;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uz.koprik.gateway.auth.Source;
import uz.koprik.indicators.correlation.Claim;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.Countersignature;
import uz.koprik.indicators.stix.ReleaseLimits;
import uz.koprik.indicators.stix.ReleaseMarking;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.rules.Fault;
import uz.koprik.indicators.stix.values.RedactionExtension;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.Claimant;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Provenance;

/**
 * An offered object on its way in. Belongs to one call of {@link Intake#take} and to one thread at a time; each step
 * fills in what it found out. A refused or unchanged one is passed over by all later steps.
 */
final class Candidate {

    final IncomingObject offered;

    /** Its id once read; empty before. */
    String id = "";

    long version;

    /** The object as it will be stored. */
    StixObject object;

    /** The faults it is taken with; empty for a valid object. */
    List<Fault> forgiven = List.of();

    /** Its bytes as they will be stored, when they are not those of {@link #object}: signed by us. */
    byte[] bytes;

    /** SHA-256 of what is signed; the same before and after signing. */
    String digest;

    List<Observable> observables = List.of();
    Tlp ownMarking = Tlp.CLEAR;

    /** To whom and when its markings release it at most. */
    ReleaseLimits limits = ReleaseLimits.NONE;

    /** Of what it is a redaction by this centre; empty for everything else. */
    Optional<RedactionExtension.Origin> origin = Optional.empty();

    /** Whether it is a case file, which never leaves the centre. */
    boolean isCase;

    /** The unit that leads a case file, empty text for none; nothing for others. */
    Optional<String> unit = Optional.empty();

    /** What a case file is searched by besides what all objects have; empty for others. */
    String caseText = "";

    /** The entry that holds this very version already. */
    Entry known;

    /** An entry that holds this very version, but that only compromised keys prove; a good signature replaces it. */
    Entry unproven;

    Provenance provenance;

    /** Countersignatures about it that came earlier in the batch and held. */
    List<VerifiedCountersignature> vouchers = List.of();

    /** Whether this centre vouches for it by a countersignature. */
    boolean needsOurWord;

    /** What this centre says for an object that is not its own; stored right before the object. */
    Optional<Candidate> countersignature = Optional.empty();

    ReleaseTerms release;

    /** Its terms before it follows what this batch narrows; null until then. */
    ReleaseTerms releaseBefore;

    /** Entries to which it refers and that its submitter could see when it came, also when this batch narrows them. */
    final Set<Long> seen = new HashSet<>();

    /** The item of the release desk in which it waits, once it is stored. */
    Optional<String> deskItem = Optional.empty();

    Refusal refusal;
    int draftAt = -1;

    /** Whether this batch stored it. */
    boolean stored;

    /** Its sequence number, once it is accepted. */
    long seq;

    private Set<String> refs;

    Candidate(IncomingObject offered) {
        this.offered = offered;
    }

    /** Whether later steps have something to do. */
    boolean open() {
        return refusal == null && known == null;
    }

    void refuse(RefusalException refused) {
        refusal = refused.refusal();
    }

    /**
     * An object without a good signature for an unproven version changes nothing, also where something else is wrong.
     */
    void keepUnproven() {
        if (refusal != null && unproven != null) {
            refusal = null;
            known = unproven;
        }
    }

    /** The ids it refers to, but for its producer, and the group that it names as a marking: who reads that changes. */
    Set<String> refs() {
        if (refs == null) {
            Set<String> all = object.refs();
            Set<String> excepted = new HashSet<>();
            object.createdByRef().ifPresent(excepted::add);
            ReleaseMarking.of(object).flatMap(ReleaseMarking::group).ifPresent(excepted::add);
            if (excepted.stream().anyMatch(all::contains)) {
                all = new LinkedHashSet<>(all);
                all.removeAll(excepted);
            }
            refs = all;
        }
        return refs;
    }

    /** What it says of its values; empty for a case file, which only contains them. */
    Optional<Claim> claim(Source source, Instant now) {
        String from = source instanceof Source.Partner partner ? partner.name() : "";
        return isCase ? Optional.empty() : Optional.of(Claim.of(object, provenance, from, StixTimestamp.micros(now)));
    }

    Draft draft(Source source, Claimant claimant) {
        return new Draft(
                EntryMetadataReader.of(this, source, claimant),
                bytes == null ? object.bytes() : bytes,
                offered.follows(),
                claimant);
    }

    /** Puts drafts under its present terms in the place of those under earlier ones, with its countersignature. */
    void draftAnew(List<Draft> drafts, Source source, Claimant claimant) {
        drafts.set(draftAt, draft(source, claimant));
        countersignature
                .filter(said ->
                        draftAt > 0 && drafts.get(draftAt - 1).facts().id().equals(said.id))
                .ifPresent(said -> {
                    said.release = release;
                    drafts.set(draftAt - 1, said.draft(source, claimant));
                });
    }

    /**
     * A countersignature that held.
     *
     * @param said what it says
     * @param signers who signed it
     */
    record VerifiedCountersignature(Countersignature said, List<Provenance.Signer> signers) {

        VerifiedCountersignature {
            signers = List.copyOf(signers);
        }
    }
}
