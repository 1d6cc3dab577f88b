package uz.koprik.gateway.api.common;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.imports.layout.ImportSentence;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.wording.Sentence;

/**
 * A sentence for programs. The English words stand beside it.
 *
 * @param code a stable word; {@code other} for a sentence of no known kind
 * @param details what it names, by name
 */
public record SentenceView(String code, Map<String, String> details) {

    public static SentenceView of(Sentence sentence) {
        return new SentenceView(sentence.code(), new TreeMap<>(sentence.details()));
    }

    /** What is said of a file, a row or a cell; a kind of values is named by its code. */
    public static SentenceView ofImport(String words) {
        SentenceView view = of(ImportSentence.read(words));
        view.details.computeIfPresent("kind", (name, label) -> Stream.of(ObservableKind.values())
                .filter(kind -> kind.label().equals(label))
                .map(ObservableKind::code)
                .findFirst()
                .orElse(label));
        return view;
    }

    /** A sentence as an object. */
    public static JsonObject json(Sentence sentence) {
        return JsonObject.builder()
                .put("code", sentence.code())
                .put("details", details(sentence))
                .build();
    }

    /** The values that a sentence names, as an object. */
    public static JsonObject details(Sentence sentence) {
        JsonObject.Builder json = JsonObject.builder();
        new TreeMap<>(sentence.details()).forEach(json::put);
        return json.build();
    }
}
