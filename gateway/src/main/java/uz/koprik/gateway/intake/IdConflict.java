package uz.koprik.gateway.intake;

import java.util.Optional;

/**
 * Somebody submitted an object that contradicts another one under the same id. A person should look at both.
 *
 * @param kind how they contradict one another
 * @param objectId the id
 * @param knownSeq sequence number of the object that was here first
 * @param owner creator of that object ({@code created_by_ref})
 * @param ownerCentre the centre on whose word that object was taken in
 * @param submitter name of the partner or account that submitted the second object
 * @param partner whether the submitter is a partner
 * @param creator creator of the second object
 * @param outcome what became of the second object
 * @param pointer JSON pointer to the property that differs; empty when that says nothing
 * @param storedSeq sequence number of the second object; 0 when it was not stored
 * @param internal whether one of the two objects never leaves the centre, such as a case file
 * @param evidence name of the file in the folder of evidence that holds both; empty when there was no room
 */
public record IdConflict(
        Kind kind,
        String objectId,
        long knownSeq,
        Optional<String> owner,
        String ownerCentre,
        String submitter,
        boolean partner,
        Optional<String> creator,
        Outcome outcome,
        String pointer,
        long storedSeq,
        boolean internal,
        Optional<String> evidence) {

    /** How two objects contradict one another. */
    public enum Kind {
        /** The second is by another creator, or names another creation time. */
        CONTESTED_ID,
        /** Both claim to be the same version by the same creator. */
        EQUIVOCATION
    }

    /** What became of the second object. */
    public enum Outcome {
        REFUSED,
        /** It is shown from now on, in place of the first. */
        TAKES_PRECEDENCE,
        /** It is kept beside the first, of which its submitter may not know. */
        KEPT_APART
    }
}
