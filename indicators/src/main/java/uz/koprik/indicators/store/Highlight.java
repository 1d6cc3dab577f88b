package uz.koprik.indicators.store;

import java.util.List;

/**
 * Where the words of a question stand in one property of an object.
 *
 * @param field the property; empty when it is not known
 * @param fragments excerpts, each as pieces that together are its text
 */
public record Highlight(String field, List<List<Piece>> fragments) {

    public Highlight {
        fragments = fragments.stream().map(List::copyOf).toList();
    }

    /**
     * A piece of an excerpt, as it stands in the object: nothing is escaped.
     *
     * @param match whether this is what was asked for
     */
    public record Piece(String text, boolean match) {}
}
