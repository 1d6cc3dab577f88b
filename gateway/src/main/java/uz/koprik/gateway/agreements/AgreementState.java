package uz.koprik.gateway.agreements;

import java.util.Locale;

/** How a version of an agreement stands at a moment. */
public enum AgreementState {
    /** Signed by its proposer; another party has not answered. */
    PROPOSED,
    /** A later version was proposed before this one was answered. */
    OVERTAKEN,
    /** Its time passed before all had signed. */
    LAPSED,
    /** Another party does not want it. */
    DECLINED,
    /** Its proposer no longer proposes it. */
    WITHDRAWN,
    /** All signed; it begins later. */
    AGREED,
    /** All signed, and it holds. */
    IN_FORCE,
    /** All signed a later version that has begun. */
    REPLACED,
    /** Its last day passed. */
    ENDED,
    /** A party gave notice, and the date came. */
    TERMINATED,
    /** A signature counts no more, since its key was compromised before this centre first saw it. */
    UNPROVEN;

    /** On the wire, such as {@code in_force}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
