package uz.koprik.gateway.intake;

import uz.koprik.crypto.SignatureRejected;
import uz.koprik.gateway.intake.Refusal.Code;

/** One object does not come in, and why. Never leaves this package: {@link Intake} turns it into an {@link Outcome}. */
final class RefusalException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RefusalException(Code code, String pointer, String reason) {
        this(new Refusal(code, pointer, reason));
    }

    RefusalException(Refusal refusal) {
        // Thrown for every bad object of a feed; a stack trace would cost more than the check and say nothing.
        super(refusal.reason(), null, false, false);
        this.refusal = refusal;
    }

    /** From a signature that did not hold. */
    static RefusalException of(SignatureRejected rejected) {
        Code code = Code.of(rejected.reason());
        String where =
                switch (code) {
                    case WRONG_OWNER -> "/created_by_ref";
                    default -> "/extensions";
                };
        Refusal refusal = new Refusal(code, where, rejected.getMessage());
        return new RefusalException(rejected.holdsFrom()
                .map(at -> new Refusal(code, where, rejected.getMessage(), new Refusal.Cure.Time(at)))
                .orElse(refusal));
    }

    Refusal refusal() {
        return refusal;
    }
}
