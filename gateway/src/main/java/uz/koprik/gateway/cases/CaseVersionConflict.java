package uz.koprik.gateway.cases;

/** A change that was meant for another version than the one that is stored now. */
public final class CaseVersionConflict extends Exception {

    private static final long serialVersionUID = 1L;

    CaseVersionConflict(String stored) {
        super("the case was changed in the meantime and is now at version " + stored
                + ": read it again, look at its history, and repeat the change if it still makes sense");
    }
}
