package uz.koprik.gateway.operations;

import uz.koprik.indicators.wording.SentenceForm;
import uz.koprik.indicators.wording.SentenceKind;

/** What people should know of a card before they add it, and why it cannot be added. */
public enum CardSentence implements SentenceKind {
    COMPROMISED_KEY("its key {kid} is compromised since {since}; `koprik key impact` lists the objects that are not"
            + " proven any more"),
    NO_ENDPOINT("its card names no endpoint, so it cannot be called; ask for one that does"),
    AGREEMENT_ENDED(
            "the agreement with {partner} ended on {at}, so it is given nothing; if it goes on, set another end"),
    /** It is the card of no partner. */
    NO_PARTNER("{error}"),
    /** The home of this centre cannot be used. */
    OWN_HOME("{error}"),
    /** It does not go with the trust list. */
    REJECTED("{error}");

    @SuppressWarnings("ImmutableEnumChecker") // SentenceForm never changes.
    private final SentenceForm form;

    CardSentence(String form) {
        this.form = new SentenceForm(form, "kid", "since", "partner", "at");
    }

    @Override
    public SentenceForm form() {
        return form;
    }
}
