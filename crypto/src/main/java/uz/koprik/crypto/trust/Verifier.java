package uz.koprik.crypto.trust;

import static uz.koprik.crypto.SignatureRejected.Reason.EXPIRED_KEY;
import static uz.koprik.crypto.SignatureRejected.Reason.MALFORMED;
import static uz.koprik.crypto.SignatureRejected.Reason.REVOKED_KEY;
import static uz.koprik.crypto.SignatureRejected.Reason.UNKNOWN_KEY;
import static uz.koprik.crypto.SignatureRejected.Reason.WRONG_OWNER;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.Base64Url;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.crypto.jws.DetachedJws;
import uz.koprik.crypto.jws.ProtectedHeader;
import uz.koprik.crypto.jws.Signature;

/**
 * Verifies the signatures of objects against a key ring. Safe for use by many threads at once.
 *
 * <p>There is no boolean to forget: a method returns what was proven, or throws why nothing was.
 */
public final class Verifier {

    /** How far the clock of a signer may be ahead of the clock that first saw the signature. */
    public static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

    private final KeyRing keys;

    public Verifier(KeyRing keys) {
        this.keys = keys;
    }

    /**
     * Verifies that every intended signer signed {@code payload} with a key that was valid. Says nothing about whether
     * these signers may speak for the object's producer: use the other method where there is a {@code created_by_ref}.
     *
     * @param payload canonical JSON (RFC 8785) of the object less its signatures
     * @param signatures all signatures of the object; each of them must hold
     * @param firstSeen when this gateway first saw the signatures; now, for a new object. Revocation is judged by it,
     *     never by {@code iat}, which a thief of the key can set at will
     * @return one entry a signature that counts, in their order; signatures of keys that were compromised when they
     *     were first seen must hold, but count for nothing
     * @throws SignatureRejected on the first thing that is wrong
     */
    public List<VerifiedSignature> verify(byte[] payload, List<Signature> signatures, Instant firstSeen)
            throws SignatureRejected {
        return verified(owners(signatures, firstSeen), payload, signatures);
    }

    /**
     * As {@link #verify(byte[], List, Instant)}, and at least one signer must be a centre that may speak for
     * {@code createdByRef}.
     *
     * @param createdByRef id of the producer's identity
     * @throws SignatureRejected besides the above with {@code WRONG_OWNER}: good cryptography from the wrong owner
     */
    public List<VerifiedSignature> verify(
            byte[] payload, List<Signature> signatures, Instant firstSeen, String createdByRef)
            throws SignatureRejected {
        List<SignerKey> owners = owners(signatures, firstSeen);
        List<VerifiedSignature> verified = verified(owners, payload, signatures);
        for (SignerKey judged : owners) {
            if (judged.counts && judged.owner.centre().producers().contains(createdByRef)) {
                return verified;
            }
        }
        for (SignerKey judged : owners) {
            if (!judged.counts && judged.owner.centre().producers().contains(createdByRef)) {
                throw revoked(judged.owner, firstSeen);
            }
        }
        KeyOwner owner = owners.getFirst().owner;
        throw new SignatureRejected(
                WRONG_OWNER,
                "key " + owner.key().kid() + " belongs to centre "
                        + owner.centre().name()
                        + ", which may not speak for the producer in created_by_ref; only a signature of that producer's own centre"
                        + " counts");
    }

    private record SignerKey(ProtectedHeader header, KeyOwner owner, boolean counts) {}

    /** Everything that can be judged without the payload; cheap, so it goes before the mathematics. */
    private List<SignerKey> owners(List<Signature> signatures, Instant firstSeen) throws SignatureRejected {
        List<SignerKey> owners = new ArrayList<>(signatures.size());
        for (ProtectedHeader header : DetachedJws.headers(signatures, ProtectedHeader.SIGNED_OBJECT)) {
            Optional<KeyOwner> owner = keys.key(header.kid());
            if (owner.isEmpty()) {
                throw new SignatureRejected(
                        UNKNOWN_KEY,
                        "key " + header.kid() + " is on no trust list: if it is a partner's,"
                                + " ask for its current centre card and add that to the trust list");
            }
            judge(header, owner.get(), firstSeen);
            owners.add(new SignerKey(header, owner.get(), !owner.get().key().compromisedAt(firstSeen)));
        }
        if (owners.stream().noneMatch(SignerKey::counts)) {
            throw revoked(owners.getFirst().owner, firstSeen);
        }
        return owners;
    }

    private static void judge(ProtectedHeader header, KeyOwner owner, Instant firstSeen) throws SignatureRejected {
        TrustedKey key = owner.key();
        Instant signed = header.issuedAt();
        if (signed.isAfter(firstSeen.plus(CLOCK_SKEW))) {
            throw new SignatureRejected(
                    MALFORMED,
                    "the signature of " + named(owner) + " is dated " + signed
                            + ", in the future: it was first seen at " + firstSeen
                            + "; one of the two clocks is wrong",
                    Optional.of(signed.minus(CLOCK_SKEW)));
        }
        if (signed.isBefore(key.validFrom()) || signed.isAfter(key.validUntil())) {
            throw new SignatureRejected(
                    EXPIRED_KEY,
                    named(owner) + " is valid from " + key.validFrom() + " until "
                            + key.validUntil() + ", but the signature is dated " + signed
                            + ": the object must be signed again with a current key");
        }
        if (owner.retired().isPresent() && !firstSeen.isBefore(owner.retired().get())) {
            throw new SignatureRejected(
                    UNKNOWN_KEY,
                    named(owner) + " counts only for what was first seen before that centre was removed at "
                            + owner.retired().get() + ", and this signature was first seen at " + firstSeen
                            + ": add the card of " + owner.centre().name() + " again if its objects should be taken");
        }
    }

    private static SignatureRejected revoked(KeyOwner owner, Instant firstSeen) {
        return new SignatureRejected(
                REVOKED_KEY,
                named(owner) + " was revoked: compromised since "
                        + owner.key().compromisedSince().orElseThrow() + ", and this signature was first seen at "
                        + firstSeen + "; the object must be signed again with a new key");
    }

    private static String named(KeyOwner owner) {
        return "key " + owner.key().kid() + " of centre " + owner.centre().name();
    }

    private static List<VerifiedSignature> verified(List<SignerKey> owners, byte[] payload, List<Signature> signatures)
            throws SignatureRejected {
        byte[] encoded = Base64Url.encodeToBytes(payload);
        List<VerifiedSignature> verified = new ArrayList<>(owners.size());
        for (int i = 0; i < owners.size(); i++) {
            ProtectedHeader header = owners.get(i).header;
            KeyOwner owner = owners.get(i).owner;
            DetachedJws.verifyEncoded(owner.verification(), header, signatures.get(i), encoded);
            if (owners.get(i).counts) {
                verified.add(
                        new VerifiedSignature(owner.centre().name(), header.kid(), header.alg(), header.issuedAt()));
            }
        }
        return List.copyOf(verified);
    }
}
