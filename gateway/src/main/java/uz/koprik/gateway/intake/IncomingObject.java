package uz.koprik.gateway.intake;

import java.util.Optional;

/**
 * One object as it was submitted.
 *
 * @param object its bytes as they arrived; handed over and not changed afterwards
 * @param where its position in the submission, for people: {@code /objects/3}, {@code line 17}
 * @param follows see {@link uz.koprik.indicators.store.Draft#follows}
 * @param report whether its id follows from what it says: one that came at the same moment under this id says the same
 */
@SuppressWarnings("ArrayRecordComponent") // never copied on the hot path, never compared
public record IncomingObject(byte[] object, String where, Optional<Long> follows, boolean report) {

    /** One whose id follows from nothing. */
    public IncomingObject(byte[] object, String where, Optional<Long> follows) {
        this(object, where, follows, false);
    }

    /** One that may follow any stored version. */
    public IncomingObject(byte[] object, String where) {
        this(object, where, Optional.empty());
    }

    /** The first version of a report of this centre, whose id follows from what it says. */
    public static IncomingObject report(byte[] object, String where) {
        return new IncomingObject(object, where, Optional.empty(), true);
    }
}
