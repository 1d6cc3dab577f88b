package uz.koprik.indicators.store;

import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.stix.StixObject;

/**
 * What is known of one version of one object besides its bytes.
 *
 * @param id STIX id
 * @param type STIX type
 * @param specVersion {@code 2.1} or {@code 2.0}
 * @param version {@code modified}, or {@code created} where the type has no {@code modified}, in microseconds since the
 *     epoch; {@link StixObject#UNVERSIONED} for objects that have neither (SCOs)
 * @param created {@code created} in microseconds since the epoch, or {@link StixObject#UNVERSIONED}
 * @param producer {@code created_by_ref}, when there is one
 * @param receivedFrom name of the partner centre it came from; empty when it came in at this centre
 * @param submittedBy the account that submitted it at this centre; empty for objects from partners
 * @param digest SHA-256, lower-case hex, of the canonical object less its signatures
 * @param provenance who vouches for it and how that was verified
 * @param release its class at the time of intake; {@link Entry#release()} is the one in force
 * @param revoked whether this version says {@code "revoked": true}
 * @param observables keys ({@code kind:value}) of the values it carries
 * @param refs ids of the objects it refers to, markings excepted
 * @param text words to search by
 * @param unit of a case file, the unit that leads it, empty text for none; nothing for other objects
 * @param sight the release classes that its submitter could see ({@link uz.koprik.indicators.policy.Audience#classes}),
 *     {@link #ALL_CLASSES} for members of this centre
 */
public record EntryMetadata(
        String id,
        String type,
        String specVersion,
        long version,
        long created,
        Optional<String> producer,
        String receivedFrom,
        String submittedBy,
        String digest,
        Provenance provenance,
        ReleaseTerms release,
        boolean revoked,
        List<String> observables,
        List<String> refs,
        String text,
        Optional<String> unit,
        long sight) {

    /** The sight of a member of this centre, and of entries that earlier versions wrote. */
    public static final long ALL_CLASSES = -1L;

    /** Of an object that is no case file, submitted by a member of this centre. */
    public EntryMetadata(
            String id,
            String type,
            String specVersion,
            long version,
            long created,
            Optional<String> producer,
            String receivedFrom,
            String submittedBy,
            String digest,
            Provenance provenance,
            ReleaseTerms release,
            boolean revoked,
            List<String> observables,
            List<String> refs,
            String text) {
        this(
                id,
                type,
                specVersion,
                version,
                created,
                producer,
                receivedFrom,
                submittedBy,
                digest,
                provenance,
                release,
                revoked,
                observables,
                refs,
                text,
                Optional.empty(),
                ALL_CLASSES);
    }

    public EntryMetadata {
        observables = List.copyOf(observables);
        refs = List.copyOf(refs);
    }

    /** The same under other terms. */
    public EntryMetadata with(ReleaseTerms terms) {
        return new EntryMetadata(
                id,
                type,
                specVersion,
                version,
                created,
                producer,
                receivedFrom,
                submittedBy,
                digest,
                provenance,
                terms,
                revoked,
                observables,
                refs,
                text,
                unit,
                sight);
    }

    /** See {@link Provenance#speaker}. */
    public String speaker() {
        return provenance.speaker(receivedFrom);
    }

    /** See {@link Provenance#authority}. */
    public String authority() {
        return provenance.authority(producer.isPresent(), receivedFrom);
    }
}
