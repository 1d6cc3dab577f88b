package uz.koprik.gateway.centre;

import java.util.Set;
import java.util.stream.Collectors;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.crypto.jws.DetachedJws;
import uz.koprik.crypto.jws.ProtectedHeader;
import uz.koprik.indicators.stix.StixObject;

/** Reads the thumbprints of the keys that an object names as its signers. */
public final class SignerKids {

    private SignerKids() {}

    /** The thumbprints, verified or not; nothing when a header is malformed, which its verification reports. */
    public static Set<String> of(StixObject object) {
        try {
            return DetachedJws.headers(object.signatures(), ProtectedHeader.SIGNED_OBJECT).stream()
                    .map(ProtectedHeader::kid)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (SignatureRejected malformed) {
            return Set.of();
        }
    }
}
