package uz.koprik.gateway.intake;

import java.util.Optional;

/**
 * One object as it was submitted.
 *
 * @param object its bytes as they arrived; handed over and not changed afterwards
 * @param where its position in the submission, for people: {@code /objects/3}, {@code line 17}
 * @param follows see {@link uz.koprik.indicators.store.Draft#follows}
 */
@SuppressWarnings("ArrayRecordComponent") // never copied on the hot path, never compared
public record IncomingObject(byte[] object, String where, Optional<Long> follows) {

    /** One that may follow any stored version. */
    public IncomingObject(byte[] object, String where) {
        this(object, where, Optional.empty());
    }
}
