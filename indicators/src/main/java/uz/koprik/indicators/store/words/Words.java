package uz.koprik.indicators.store.words;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.charfilter.MappingCharFilter;
import org.apache.lucene.analysis.charfilter.NormalizeCharMap;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.icu.ICUFoldingFilter;
import org.apache.lucene.analysis.icu.segmentation.DefaultICUTokenizerConfig;
import org.apache.lucene.analysis.icu.segmentation.ICUTokenizer;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * What a word is, in any language: divided by the rules of Unicode (UAX #29), case and diacritics folded, Korean, Chinese
 * and Japanese as pairs of characters since their words run on. A name with dots is found whole and by its parts.
 */
public final class Words extends Analyzer {

    private static final String FIELD = "text";

    private static final int LONGEST = 1000;
    private static final Pattern BLANK = Pattern.compile("\\s+");
    private static final Pattern INNER = Pattern.compile("[._:,]");
    /** Letters of Uzbek and marks of omission are typed in many ways: oʻ, o‘, o’, o'. */
    private static final NormalizeCharMap APOSTROPHES = apostrophes();

    private static NormalizeCharMap apostrophes() {
        NormalizeCharMap.Builder map = new NormalizeCharMap.Builder();
        for (String mark : List.of("'", "`", "\u00b4", "\u02bb", "\u02bc", "\u2018", "\u2019")) {
            map.add(mark, "");
        }
        return map.build();
    }

    @Override
    protected Reader initReader(String field, Reader reader) {
        return new MappingCharFilter(APOSTROPHES, reader);
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        Tokenizer words = new ICUTokenizer(new DefaultICUTokenizerConfig(false, true));
        TokenStream parts = new WordDelimiterGraphFilter(
                words, WordDelimiterGraphFilter.PRESERVE_ORIGINAL | WordDelimiterGraphFilter.GENERATE_WORD_PARTS, null);
        TokenStream folded = new LengthFilter(new ICUFoldingFilter(parts), 1, LONGEST);
        return new TokenStreamComponents(words, new CJKBigramFilter(folded));
    }

    /**
     * A word of a question.
     *
     * @param beginning whether longer words that begin so are meant too
     */
    public record Asked(String term, boolean beginning) {}

    /**
     * The words of a question, which must all occur; a trailing {@code *} makes one a beginning. Nothing when there is none.
     *
     * @throws IllegalArgumentException when the question is longer than anybody asks
     */
    public List<Asked> asked(String question) {
        if (question.length() > LONGEST) {
            throw new IllegalArgumentException("a search takes up to " + LONGEST + " characters, not " + question.length());
        }
        List<Asked> all = new ArrayList<>();
        for (String word : BLANK.split(question.strip(), 0)) {
            boolean beginning = word.endsWith("*");
            List<String> terms = new ArrayList<>(of(beginning ? word.substring(0, word.length() - 1) : word));
            List<String> whole = List.copyOf(terms);
            terms.removeIf(term -> {
                List<String> parts = List.of(INNER.split(term, 0)); // they say it, and also find it inside a longer name
                return parts.size() > 1 && whole.containsAll(parts);
            });
            for (int i = 0; i < terms.size(); i++) {
                all.add(new Asked(terms.get(i), beginning && i == terms.size() - 1));
            }
        }
        return all;
    }

    /** The words of a text, in their order, for an index that keeps them as they are. */
    public List<String> of(String text) {
        List<String> terms = new ArrayList<>();
        try (TokenStream stream = tokenStream(FIELD, new StringReader(text))) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                terms.add(term.toString());
            }
            stream.end();
        } catch (IOException e) {
            throw new IllegalStateException("a string could not be read", e);
        }
        return terms;
    }
}
