package uz.koprik.crypto.pkcs11;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.algorithm.KeyRejected;
import uz.koprik.crypto.algorithm.VerificationKey;

/**
 * What a token has under a label.
 *
 * @param privateKeys number of private keys
 * @param ec whether the first of them is for elliptic curves
 * @param params its curve ({@code CKA_EC_PARAMS}); empty when neither half shows it
 * @param point its public half; empty when that is not on the token
 */
record TokenObjects(int privateKeys, boolean ec, Optional<byte[]> params, Optional<byte[]> point) {

    /** Looks at what has the label. */
    static TokenObjects labelled(Cryptoki cryptoki, long session, String label) throws TokenFault {
        List<Long> keys = cryptoki.find(
                session, TokenTemplate.of(TokenTemplate.PRIVATE_KEY).with(TokenTemplate.LABEL, label));
        if (keys.isEmpty()) {
            return new TokenObjects(0, false, Optional.empty(), Optional.empty());
        }
        long key = keys.getFirst();
        boolean ec = cryptoki.value(session, key, TokenTemplate.KEY_TYPE)
                .filter(type -> type.length > 0 && type[0] == TokenTemplate.EC)
                .isPresent();
        Optional<byte[]> id = cryptoki.value(session, key, TokenTemplate.ID).filter(value -> value.length > 0);
        TokenTemplate half = TokenTemplate.of(TokenTemplate.PUBLIC_KEY);
        List<Long> publicHalves = cryptoki.find(
                session,
                id.isPresent() ? half.with(TokenTemplate.ID, id.get()) : half.with(TokenTemplate.LABEL, label));
        Optional<byte[]> params = cryptoki.value(session, key, TokenTemplate.EC_PARAMS);
        Optional<byte[]> point = Optional.empty();
        if (!publicHalves.isEmpty()) {
            point = cryptoki.value(session, publicHalves.getFirst(), TokenTemplate.EC_POINT);
            if (params.isEmpty()) {
                params = cryptoki.value(session, publicHalves.getFirst(), TokenTemplate.EC_PARAMS);
            }
        }
        return new TokenObjects(keys.size(), ec, params, point);
    }

    /**
     * The public half of the one key.
     *
     * @throws KeyRejected when it is not fit for ES256: says why and what to do
     */
    VerificationKey key(String place, String label) throws KeyRejected {
        String what = "the private key " + label + " on " + place;
        if (privateKeys == 0) {
            throw new KeyRejected(place + " holds no private key with the label " + label
                    + ": `pkcs11-tool --login --list-objects` lists them; without --label Koprik makes one");
        }
        if (privateKeys > 1) {
            throw new KeyRejected(
                    place + " holds " + privateKeys + " private keys with the label " + label + ": give each its own");
        }
        if (!ec
                || params.filter(curve -> !Arrays.equals(curve, TokenPoint.P256))
                        .isPresent()) {
            throw new KeyRejected(
                    what + " is not on the curve P-256, which ES256 needs: make one by `pkcs11-tool --login"
                            + " --keypairgen --key-type EC:prime256v1 --label LABEL`, or let Koprik make it");
        }
        if (point.isEmpty()) {
            throw new KeyRejected(what + " has no public key beside it on the token: write it there with the same ID by"
                    + " `pkcs11-tool --write-object FILE --type pubkey --id ID`");
        }
        return TokenPoint.key(point.get());
    }
}
