package uz.koprik.gateway.agreements;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.crypto.trust.KeyRing;
import uz.koprik.crypto.trust.Verifier;
import uz.koprik.indicators.stix.AgreementNotice;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.SharingAgreement;
import uz.koprik.indicators.stix.StixObject;

/**
 * All agreements with one partner, of the two alone and of groups, as the signed pieces and the keys of one moment have
 * them. All parties come to the same result from the same pieces, in any order of arrival. Immutable.
 */
public final class PartnerAgreements {

    static final PartnerAgreements NONE = new PartnerAgreements("", "", List.of());

    private static final Set<AgreementState> BINDING = Set.of(AgreementState.IN_FORCE, AgreementState.AGREED);

    private final String self;
    private final String partner;
    private final List<AgreementVersion> versions;

    private PartnerAgreements(String self, String partner, List<AgreementVersion> versions) {
        this.self = self;
        this.partner = partner;
        this.versions = versions.stream().sorted(AgreementVersion.ORDER).toList();
    }

    /**
     * What holds between two centres.
     *
     * @param keys judge the signatures, each by the moment at which its piece was first seen
     * @param self identity of this centre
     * @param partner identity of the other one
     */
    static PartnerAgreements of(List<SignedPiece> pieces, KeyRing keys, String self, String partner)
            throws InvalidObject {
        Verifier verifier = new Verifier(keys);
        List<AgreementVersion> texts = new ArrayList<>();
        for (SignedPiece piece : pieces) {
            if (piece.object().type().equals(SharingAgreement.TYPE)) {
                SharingAgreement text = SharingAgreement.read(piece.object());
                texts.add(new AgreementVersion(
                        text,
                        piece.object(),
                        piece.firstSeen(),
                        List.of(),
                        doubt(verifier, piece, text.proposer()),
                        Optional.empty()));
            }
        }
        Map<String, AgreementVersion> byDigest = overtaken(texts);
        for (SignedPiece piece : pieces) {
            if (piece.object().type().equals(AgreementNotice.TYPE)) {
                AgreementNotice notice = AgreementNotice.read(piece.object());
                Optional<AgreementVersion.Unproven> doubt = doubt(verifier, piece, notice.party());
                byDigest.computeIfPresent(notice.digest(), (digest, version) -> with(version, notice, doubt));
            }
        }
        return new PartnerAgreements(self, partner, List.copyOf(byDigest.values()));
    }

    /** Gives each version the moment of the next one of its agreement that a proven key signed. */
    private static Map<String, AgreementVersion> overtaken(Collection<AgreementVersion> all) {
        Map<String, AgreementVersion> byDigest = new LinkedHashMap<>();
        Map<String, Instant> next = new HashMap<>();
        all.stream().sorted(AgreementVersion.ORDER.reversed()).forEach(version -> {
            String id = version.text().id();
            byDigest.put(
                    version.digest(),
                    new AgreementVersion(
                            version.text(),
                            version.object(),
                            version.firstSeen(),
                            version.notices(),
                            version.unproven(),
                            Optional.ofNullable(next.get(id))));
            if (version.unproven().isEmpty()) {
                next.put(id, version.text().modified());
            }
        });
        return byDigest;
    }

    private static AgreementVersion with(
            AgreementVersion version, AgreementNotice notice, Optional<AgreementVersion.Unproven> doubt) {
        boolean signature = notice.act() == AgreementNotice.Act.ACCEPT;
        if (doubt.isPresent() && !signature) {
            return version; // what a compromised key says counts for nothing
        }
        List<AgreementNotice> notices = new ArrayList<>(version.notices());
        notices.add(notice);
        notices.sort(Comparator.comparing(AgreementNotice::created));
        return new AgreementVersion(
                version.text(),
                version.object(),
                version.firstSeen(),
                notices,
                version.unproven().or(() -> doubt),
                version.overtaken());
    }

    private static Optional<AgreementVersion.Unproven> doubt(Verifier verifier, SignedPiece piece, String party) {
        StixObject object = piece.object();
        try {
            verifier.verify(object.signedPayload(), object.signatures(), piece.firstSeen(), party);
            return Optional.empty();
        } catch (SignatureRejected rejected) {
            return Optional.of(new AgreementVersion.Unproven(rejected.reason(), rejected.getMessage()));
        }
    }

    /** All versions, the earliest first. */
    public List<AgreementVersion> versions() {
        return versions;
    }

    /** The version whose text has that digest. */
    public Optional<AgreementVersion> version(String digest) {
        return versions.stream()
                .filter(version -> version.digest().equals(digest))
                .findFirst();
    }

    /** The last version of that agreement; empty when there is none of that id. */
    public Optional<AgreementVersion> last(String id) {
        return versions.stream()
                .filter(version -> version.text().id().equals(id))
                .reduce((earlier, later) -> later);
    }

    /**
     * The version that rules at {@code now}: the last one that all its parties signed and that has begun. All earlier
     * ones are replaced for ever, so that no end of a later one revives them. It may have ended, or be unproven.
     */
    public Optional<AgreementVersion> ruling(Instant now) {
        return versions.stream()
                .filter(AgreementVersion::agreed)
                .filter(version -> !now.isBefore(version.text().validFrom()))
                .reduce((earlier, later) -> later);
    }

    /**
     * The moment from which notices of this centre or of the partner end a version between the two; empty when there is
     * none. A notice of another party of a group ends nothing here.
     */
    public Optional<Instant> terminated(AgreementVersion version) {
        return Stream.of(self, partner)
                .flatMap(party -> terminated(version, party).stream())
                .min(Comparator.naturalOrder());
    }

    /**
     * The moment from which the notices of one party end a version for that party; empty when there is none. A notice
     * may speak of another version of the agreement, and keeps article 8 of each that all had signed before it.
     */
    public Optional<Instant> terminated(AgreementVersion version, String party) {
        return versions.stream()
                .filter(AgreementVersion::agreed)
                .filter(other -> other.text().id().equals(version.text().id()))
                .flatMap(other -> other.terminations().stream())
                .filter(notice -> notice.party().equals(party))
                .filter(notice -> !version.text().modified().isAfter(notice.created()))
                .filter(notice -> !version.agreedBy(notice.created())
                        || version.keepsNotice(
                                notice.created(), notice.effective().orElseThrow()))
                .map(notice -> notice.effective().orElseThrow())
                .min(Comparator.naturalOrder());
    }

    /** The versions of an agreement that hold at a moment or begin later, the earliest first. */
    List<AgreementVersion> binding(String id, Instant now) {
        return versions.stream()
                .filter(version -> version.text().id().equals(id) && version.agreedBy(now))
                .filter(version -> BINDING.contains(state(version, now)))
                .toList();
    }

    /** How a version stands. */
    public AgreementState state(AgreementVersion version, Instant now) {
        if (!version.agreed()) {
            return open(version, now);
        }
        if (ruling(now)
                .filter(last -> AgreementVersion.ORDER.compare(last, version) > 0)
                .isPresent()) {
            return AgreementState.REPLACED;
        }
        if (version.unproven().isPresent()) {
            return AgreementState.UNPROVEN;
        }
        if (terminated(version).filter(at -> !now.isBefore(at)).isPresent()) {
            return AgreementState.TERMINATED;
        }
        if (now.isBefore(version.text().validFrom())) {
            return AgreementState.AGREED;
        }
        return now.isBefore(version.text().validUntil()) ? AgreementState.IN_FORCE : AgreementState.ENDED;
    }

    private AgreementState open(AgreementVersion version, Instant now) {
        Optional<AgreementNotice> answer = version.answer();
        if (answer.isPresent()) {
            return answer.get().act() == AgreementNotice.Act.DECLINE
                    ? AgreementState.DECLINED
                    : AgreementState.WITHDRAWN;
        }
        if (version.unproven().isPresent()) {
            return AgreementState.UNPROVEN;
        }
        if (version.overtaken().isPresent()) {
            return AgreementState.OVERTAKEN;
        }
        return now.isBefore(version.text().validUntil()) ? AgreementState.PROPOSED : AgreementState.LAPSED;
    }

    /** The proposals of the partner that wait for the answer of this centre. */
    public List<AgreementVersion> toAnswer(Instant now) {
        return waiting(now).stream()
                .filter(version -> version.text().proposer().equals(partner))
                .filter(version -> version.answer(self).isEmpty())
                .toList();
    }

    /** The versions that wait for an answer. */
    public List<AgreementVersion> waiting(Instant now) {
        return versions.stream()
                .filter(version -> state(version, now) == AgreementState.PROPOSED)
                .toList();
    }
}
