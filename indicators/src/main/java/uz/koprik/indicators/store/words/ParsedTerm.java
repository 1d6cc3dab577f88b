package uz.koprik.indicators.store.words;

import java.util.List;

/**
 * One thing that a question asks for: a word, a phrase, or the beginning of a word.
 *
 * @param needs which must all match
 * @param excluded whether it must not occur
 */
public record ParsedTerm(List<Need> needs, boolean excluded) {

    public ParsedTerm {
        needs = List.copyOf(needs);
    }

    /**
     * What must occur.
     *
     * @param ways spellings, of which any will do: each one or more words that stand next to each other in this order
     * @param beginning whether the last word of a way may be longer; then words need not stand next to each other
     */
    public record Need(List<List<String>> ways, boolean beginning) {

        public Need {
            ways = ways.stream().map(List::copyOf).toList();
        }
    }
}
