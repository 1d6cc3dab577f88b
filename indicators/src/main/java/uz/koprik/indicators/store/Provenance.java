package uz.koprik.indicators.store;

import java.util.List;

/**
 * Who vouches for an object, and how that was verified when it was taken in.
 *
 * @param origin how the proof came
 * @param signers every signature that held; empty exactly when {@code origin} is {@link Origin#UNSIGNED}
 */
public record Provenance(Origin origin, List<Signer> signers) {

    public Provenance {
        signers = List.copyOf(signers);
        if (signers.isEmpty() != (origin == Origin.UNSIGNED)) {
            throw new IllegalArgumentException("an object is unsigned exactly when nobody signed it");
        }
    }

    /**
     * On whose word an object was taken in, as one text to compare versions of an object by.
     *
     * @param named whether the object names its creator ({@code created_by_ref})
     * @param receivedFrom name of the partner that sent it; empty for accounts of this centre
     * @return empty when the creator that the object names signed it, since the name then says it all
     */
    public String authority(boolean named, String receivedFrom) {
        return switch (origin) {
            case SIGNED -> named ? "" : "signed " + signers.getFirst().centre();
            case COUNTERSIGNED -> "vouched " + signers.getFirst().centre();
            case UNSIGNED -> "unsigned " + receivedFrom;
        };
    }

    /** Whether two of {@link #authority} are of the same centre, by any means of vouching. */
    public static boolean sameAuthority(String one, String other) {
        return one.equals(other)
                || (!one.isEmpty()
                        && !other.isEmpty()
                        && one.substring(one.indexOf(' ')).equals(other.substring(other.indexOf(' '))));
    }

    /** Name of the centre on whose word an object was taken in: its first signer, else the partner that sent it. */
    public String speaker(String receivedFrom) {
        return signers.isEmpty() ? receivedFrom : signers.getFirst().centre();
    }

    /** How the proof came. */
    public enum Origin {
        /** Its producer's own signature is inside the object. */
        SIGNED,
        /** A centre vouches for it by a countersignature, a separate object. */
        COUNTERSIGNED,
        /** Nobody vouches for it: admitted from a partner that does not sign, by explicit configuration. */
        UNSIGNED
    }

    /**
     * One signature that held.
     *
     * @param centre name of the centre
     * @param kid RFC 7638 thumbprint of its key
     * @param alg JOSE algorithm
     * @param issuedAt seconds since the epoch, as the signer says
     */
    public record Signer(String centre, String kid, String alg, long issuedAt) {}
}
