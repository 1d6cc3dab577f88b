package uz.koprik.gateway.api.common;

import uz.koprik.gateway.recalls.RecallBook;
import uz.koprik.indicators.policy.Tlp;

/**
 * That an object was recalled; the schema {@code Recalled}.
 *
 * @param recall id of the recall
 * @param by name of the centre that recalled it
 * @param narrowedTo the marking that counts since then; absent when the object was withdrawn
 */
public record RecalledView(String recall, String by, String at, String narrowedTo, String reason) {

    /** What a recall says of its object. */
    public static RecalledView of(RecallBook.Fact fact) {
        return new RecalledView(
                fact.recall(),
                fact.by(),
                fact.at().toString(),
                fact.narrowedTo().map(Tlp::label).orElse(null),
                fact.reason());
    }
}
