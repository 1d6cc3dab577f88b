package uz.koprik.gateway.partners;

import uz.koprik.indicators.wording.English;
import uz.koprik.indicators.wording.SentenceKind;

/** Why the new card of a partner waits for people, or is not taken. */
public enum NewCardSentence implements SentenceKind {
    @English("its new card, number {number} of {issued} with the fingerprint {fingerprint}, waits:"
            + " `koprik partner accept-card {partner}` takes it")
    CARD_WAITS,
    @English("{said}: its operators must look at their gateway")
    NO_CARD,
    @English("there is no partner {partner} on the trust list any more")
    PARTNER_GONE,
    @English("the card is of {name}, and the centre that shows it is {partner} here: if it has a new name, remove"
            + " {partner} and add its card")
    OTHER_NAME,
    @English("the card has the identity {identity}, and {partner} is {known}: ask its operators; if this is meant,"
            + " remove {partner} and add its card")
    OTHER_IDENTITY,
    @English("the card has the number {number} and was issued at {issued}, before the one in use ({last}): ask its"
            + " operators")
    CARD_BEFORE_LAST,
    /** {@code said} is what the card says of compromised keys. */
    @English("no key that the trust list has for {partner} signs its new card, number {number} with the fingerprint"
            + " {fingerprint}[, {said}]: compare the fingerprint with its operators, then add the card by"
            + " `koprik partner add`")
    NO_KNOWN_KEY,
    @English("the card names the address of this centre itself, {address}")
    OWN_ADDRESS,
    /** It is out of date, or does not go with the trust list. */
    @English("{said}")
    CARD_UNUSABLE
}
