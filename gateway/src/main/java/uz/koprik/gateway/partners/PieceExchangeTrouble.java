package uz.koprik.gateway.partners;

import uz.koprik.indicators.wording.SentenceForm;
import uz.koprik.indicators.wording.SentenceKind;

/** Why an exchange of signed pieces with a partner did not go through. */
public enum PieceExchangeTrouble implements SentenceKind {
    /** The partner has no such path. */
    OLD_VERSION("{partner} runs a version that knows no agreements; they wait until it is updated"),
    /** What it answered cannot be read. */
    NO_JSON("{partner} answered with something that is not JSON"),
    /** This centre cannot use its own store. */
    OWN_STORE("{error}"),
    /** There is no answer, or a refusal. */
    NO_ANSWER("{error}"),
    /** A fault of this program, in agreements. */
    AGREEMENTS_FAILED("the exchange of agreements failed; the log says why"),
    /** A fault of this program, in recalls. */
    RECALLS_FAILED("the exchange of recalls failed; the log says why");

    @SuppressWarnings("ImmutableEnumChecker") // SentenceForm never changes.
    private final SentenceForm form;

    PieceExchangeTrouble(String form) {
        this.form = new SentenceForm(form, "partner");
    }

    @Override
    public SentenceForm form() {
        return form;
    }
}
