package uz.koprik.indicators.store.words;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.koprik.indicators.store.words.ParsedTerm.Need;
import uz.koprik.indicators.store.words.WordTokenizer.Word;

/**
 * What a word is, in any language: divided by the rules of Unicode (UAX #29), case and diacritics folded, Cyrillic and
 * Latin spellings of Uzbek made one, Korean, Chinese and Japanese as pairs of characters since their words run on. A
 * name with dots is found whole and by its parts. The same for every backend, for what is stored and for what is asked.
 */
public final class WordRules implements AutoCloseable {

    private static final int LONGEST = 1000;
    /** An optional minus, then a phrase in quotation marks or anything up to the next blank. */
    private static final Pattern PIECE =
            Pattern.compile("(-?)(?:\"([^\"]*)\"?|(\\S+))", Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern INNER = Pattern.compile("[._:,]");

    private final WordTokenizer official = new WordTokenizer(Spelling.OFFICIAL);
    private final WordTokenizer plain = new WordTokenizer(Spelling.PLAIN);

    /**
     * A text for an index: runs of words in their order. Words of different runs are not next to each other.
     *
     * @return the words as officially spelt, as plainly spelt if that is different, and the names with dots as a whole
     */
    public List<List<String>> runs(String text) {
        List<Word> words = official.words(text);
        List<String> first = terms(words);
        List<List<String>> runs = new ArrayList<>(List.of(first));
        if (Spelling.isNeeded(text)) {
            List<String> second = terms(plain.words(text));
            if (!second.equals(first)) {
                runs.add(second);
            }
        }
        runs.add(wholes(words));
        runs.removeIf(List::isEmpty);
        return runs;
    }

    private static List<String> terms(List<Word> words) {
        return words.stream().filter(word -> !word.whole()).map(Word::term).toList();
    }

    private static List<String> wholes(List<Word> words) {
        return words.stream().filter(Word::whole).map(Word::term).distinct().toList();
    }

    /**
     * What a question asks for. Words must all occur, {@code "words in quotation marks"} next to each other; a minus
     * before either excludes; a trailing {@code *} makes a word a beginning. Nothing when there is no word in it.
     *
     * @throws IllegalArgumentException when the question is longer than anybody asks
     */
    public List<ParsedTerm> asked(String question) {
        if (question.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a search takes up to " + LONGEST + " characters, not " + question.length());
        }
        List<ParsedTerm> all = new ArrayList<>();
        Matcher piece = PIECE.matcher(question);
        while (piece.find()) {
            String text = piece.group(2) == null ? piece.group(3) : piece.group(2);
            boolean beginning = piece.group(2) == null && text.endsWith("*");
            List<Need> needs = needs(beginning ? text.substring(0, text.length() - 1) : text, beginning);
            if (!needs.isEmpty()) {
                all.add(new ParsedTerm(needs, !piece.group(1).isEmpty()));
            }
        }
        return all;
    }

    private List<Need> needs(String text, boolean beginning) {
        List<Word> words = official.words(text);
        List<String> terms = terms(words);
        List<Need> needs = new ArrayList<>();
        if (!terms.isEmpty()) {
            Set<List<String>> ways = new LinkedHashSet<>(List.of(terms));
            if (Spelling.isNeeded(text)) {
                ways.add(terms(plain.words(text)));
            }
            needs.add(new Need(List.copyOf(ways), beginning));
        }
        for (String whole : wholes(words)) {
            // Its parts say it, and also find it inside a longer name; numbers are no parts of their own.
            if (!terms.containsAll(List.of(INNER.split(whole, 0)))) {
                needs.add(new Need(List.of(List.of(whole)), beginning));
            }
        }
        return needs;
    }

    /** The words of a text with their positions, officially spelt, then plainly spelt if that may be different. */
    List<List<Word>> placed(String text) {
        return Spelling.isNeeded(text)
                ? List.of(official.words(text), plain.words(text))
                : List.of(official.words(text));
    }

    @Override
    public void close() {
        official.close();
        plain.close();
    }
}
