package uz.koprik.gateway.api.common;

import java.util.Map;
import java.util.TreeMap;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.wording.Sentence;

/**
 * A sentence for programs. The English words stand beside it.
 *
 * @param code a stable word; {@code other} for a sentence of no known kind
 * @param details what it names, by name
 */
public record SentenceView(String code, Map<String, String> details) {

    /** A kind of values is named by its code. */
    public static SentenceView of(Sentence sentence) {
        SentenceView view = new SentenceView(sentence.code(), new TreeMap<>(sentence.details()));
        view.details.computeIfPresent("kind", (name, label) -> ObservableKind.codeOfLabel(label));
        return view;
    }

    /** As {@link #of}; null for a sentence of no known kind. */
    public static SentenceView orNull(Sentence sentence) {
        return sentence.codeOrNull() == null ? null : of(sentence);
    }

    /** A sentence as an object. */
    public static JsonObject json(Sentence sentence) {
        return JsonObject.builder()
                .put("code", sentence.code())
                .put("details", sentence.detailsJson())
                .build();
    }
}
