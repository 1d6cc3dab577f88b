package uz.koprik.indicators.observable;

import java.util.Optional;

/**
 * What normalising has to know about the centre it is done in.
 *
 * @param cards makes tokens of card numbers; empty refuses card numbers
 * @param phoneRegion ISO 3166 country for phone numbers written without one, such as {@code UZ}; empty refuses them
 */
public record Normalisation(Optional<CardTokeniser> cards, Optional<String> phoneRegion) {

    /** Knows nothing: card numbers and national phone numbers are refused. */
    public static final Normalisation PLAIN = new Normalisation(Optional.empty(), Optional.empty());

    /** With tokens for card numbers. */
    public static Normalisation withCards(CardTokeniser cards) {
        return new Normalisation(Optional.of(cards), Optional.empty());
    }

    /** As this one, with a country for phone numbers that are written without. */
    public Normalisation withPhoneRegion(String region) {
        return new Normalisation(cards, Optional.of(region));
    }
}
