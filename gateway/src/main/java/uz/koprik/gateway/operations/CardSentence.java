package uz.koprik.gateway.operations;

import uz.koprik.indicators.wording.English;
import uz.koprik.indicators.wording.SentenceKind;

/** What people should know of a card before they add it, and why it cannot be added. */
public enum CardSentence implements SentenceKind {
    @English("its key {kid} is compromised since {since}; `koprik key impact` lists the objects that are not"
            + " proven any more")
    COMPROMISED_KEY,
    @English("its card names no endpoint, so it cannot be called; ask for one that does")
    NO_ENDPOINT,
    @English("the agreement with {partner} ended on {at}, so it is given nothing; if it goes on, set another end")
    AGREEMENT_ENDED,
    /** It is the card of no partner. */
    @English("{said}")
    NO_PARTNER,
    /** The home of this centre cannot be used. */
    @English("{said}")
    OWN_HOME,
    /** It does not go with the trust list. */
    @English("{said}")
    REJECTED;
}
