package uz.koprik.crypto.jws;

import static uz.koprik.crypto.SignatureRejected.Reason.MALFORMED;
import static uz.koprik.crypto.SignatureRejected.Reason.STRIPPED;
import static uz.koprik.crypto.SignatureRejected.Reason.WRONG_ALGORITHM;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import uz.koprik.crypto.Base64Url;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.crypto.algorithm.SigningKey;
import uz.koprik.crypto.algorithm.VerificationKey;
import uz.koprik.crypto.trust.Verifier;

/**
 * Detached JWS (RFC 7515, appendix F) under the profile of {@code docs/formats/signatures.md}.
 *
 * <p>This is the mechanism below {@link Verifier}, which decides whose key may sign what, and when. Verifying here
 * alone proves only that a key was used.
 */
public final class DetachedJws {

    private DetachedJws() {}

    /**
     * Signs {@code payload}.
     *
     * @param typ one of the constants of {@link ProtectedHeader}
     * @param payload canonical JSON (RFC 8785), UTF-8
     * @param issuedAt goes into {@code iat}, in whole seconds
     * @param set thumbprints of all intended signers, this key's among them
     * @throws IllegalArgumentException when {@code set} lacks this key
     */
    public static Signature sign(SigningKey key, String typ, byte[] payload, Instant issuedAt, List<String> set) {
        String kid = key.publicKey().kid();
        if (!set.contains(kid)) {
            throw new IllegalArgumentException("the set of intended signers lacks the signing key " + kid);
        }
        String header = new ProtectedHeader(key.publicKey().alg(), kid, typ, issuedAt, set).encode();
        return new Signature(
                header, Base64Url.encode(key.sign(signingInput(header, Base64Url.encodeToBytes(payload)))));
    }

    /**
     * Reads the headers of all signatures of one document and checks that they agree: every intended signer is there,
     * and nobody else.
     *
     * @return the headers, in the order of {@code signatures}
     * @throws SignatureRejected with {@code MALFORMED} or {@code STRIPPED}
     */
    public static List<ProtectedHeader> headers(List<Signature> signatures, String typ) throws SignatureRejected {
        if (signatures.isEmpty()) {
            throw new SignatureRejected(STRIPPED, "there is no signature at all");
        }
        if (signatures.size() > ProtectedHeader.MAX_SIGNERS) {
            throw new SignatureRejected(
                    MALFORMED, "there are more than " + ProtectedHeader.MAX_SIGNERS + " signatures");
        }
        List<ProtectedHeader> headers = new ArrayList<>(signatures.size());
        for (Signature signature : signatures) {
            headers.add(ProtectedHeader.decode(signature.protectedHeader(), typ));
        }
        if (headers.size() > 1 || headers.getFirst().set().size() > 1) {
            complete(headers);
        }
        return headers;
    }

    private static void complete(List<ProtectedHeader> headers) throws SignatureRejected {
        Set<String> present = new HashSet<>();
        for (ProtectedHeader header : headers) {
            if (!present.add(header.kid())) {
                throw new SignatureRejected(MALFORMED, "two signatures are by the same key " + header.kid());
            }
        }
        for (ProtectedHeader header : headers) {
            for (String intended : header.set()) {
                if (!present.contains(intended)) {
                    throw new SignatureRejected(
                            STRIPPED,
                            "the signature of key " + intended + " is missing: key " + header.kid()
                                    + " names it as a signer too; ask the producer for the whole object");
                }
            }
            for (String kid : present) {
                if (!header.set().contains(kid)) {
                    throw new SignatureRejected(
                            MALFORMED, "key " + kid + " signed without being one of the intended signers");
                }
            }
        }
    }

    /**
     * Returns when {@code signature} is the one of {@code key} over {@code payload}.
     *
     * @param header the header of {@code signature}, from {@link #headers}
     * @throws SignatureRejected with {@code WRONG_ALGORITHM}, {@code MALFORMED} or {@code BAD_SIGNATURE}
     */
    public static void verify(VerificationKey key, ProtectedHeader header, Signature signature, byte[] payload)
            throws SignatureRejected {
        verifyEncoded(key, header, signature, Base64Url.encodeToBytes(payload));
    }

    /** As {@link #verify}, with the payload in base64url, so that it is encoded once for many signatures. */
    public static void verifyEncoded(VerificationKey key, ProtectedHeader header, Signature signature, byte[] payload)
            throws SignatureRejected {
        // The key says which algorithm it is for; a header that could choose would choose "none".
        if (!key.alg().equals(header.alg())) {
            throw new SignatureRejected(
                    WRONG_ALGORITHM,
                    "key " + key.kid() + " is for " + key.alg()
                            + " only, but the header of the signature names another algorithm");
        }
        byte[] bytes;
        try {
            bytes = Base64Url.decode(signature.signature());
        } catch (IllegalArgumentException e) {
            throw new SignatureRejected(MALFORMED, "the signature of key " + key.kid() + " is " + e.getMessage());
        }
        key.verify(signingInput(signature.protectedHeader(), payload), bytes);
    }

    /** RFC 7515, section 5.1: {@code BASE64URL(header) || '.' || BASE64URL(payload)}. */
    private static byte[] signingInput(String header, byte[] payload) {
        byte[] head = header.getBytes(StandardCharsets.ISO_8859_1);
        byte[] input = new byte[head.length + 1 + payload.length];
        System.arraycopy(head, 0, input, 0, head.length);
        input[head.length] = '.';
        System.arraycopy(payload, 0, input, head.length + 1, payload.length);
        return input;
    }
}
