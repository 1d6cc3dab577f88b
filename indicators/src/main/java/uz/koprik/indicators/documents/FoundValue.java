package uz.koprik.indicators.documents;

import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.observable.Observable;

/**
 * A value of a document.
 *
 * @param observable in normal form
 * @param port the port that stands after an address or a name
 * @param spelling its first spelling in the document
 * @param doubt why it may be no indicator, a clause; empty when it surely is a value that the author wrote down
 * @param places where it stands, the first few
 * @param count how often
 * @param sentence the sentence around it, in one line
 */
public record FoundValue(
        Observable observable,
        Optional<Integer> port,
        String spelling,
        String doubt,
        List<String> places,
        int count,
        String sentence) {

    public FoundValue {
        places = List.copyOf(places);
    }

    public boolean isDoubtful() {
        return !doubt.isEmpty();
    }
}
