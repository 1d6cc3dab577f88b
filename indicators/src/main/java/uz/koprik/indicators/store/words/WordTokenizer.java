package uz.koprik.indicators.store.words;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenFilter;
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
import org.apache.lucene.analysis.miscellaneous.WordDelimiterIterator;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionLengthAttribute;

/** Divides a text into words in one {@link Spelling}. Safe for use by many threads at once. */
final class WordTokenizer extends Analyzer {

    private static final String FIELD = "text";
    /** Words are cut after this number of characters, for every backend. */
    private static final int LONGEST = 255;
    /** Letters of Uzbek and marks of omission are typed in many ways: oʻ, o‘, o’, o', o`. */
    private static final String MARKS =
            "'`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u2018\u2019\u201b\u2032\u2035\ua78c\uff07\uff40";

    private static final NormalizeCharMap APOSTROPHES = apostrophes();

    private final Spelling spelling;

    WordTokenizer(Spelling spelling) {
        this.spelling = spelling;
    }

    /**
     * A word of a text.
     *
     * @param start where it begins in the text, in UTF-16 units
     * @param end after its last character
     * @param whole whether it is a name with dots whose parts follow as words of their own
     */
    record Word(String term, int start, int end, boolean whole) {}

    private static NormalizeCharMap apostrophes() {
        NormalizeCharMap.Builder map = new NormalizeCharMap.Builder();
        MARKS.chars().forEach(mark -> map.add(Character.toString(mark), ""));
        return map.build();
    }

    /** A text without such a mark, which need not be looked through for them character by character. */
    private static final class Plain extends StringReader {
        Plain(String text) {
            super(text);
        }
    }

    private static Reader reader(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80 ? c == '\'' || c == '`' : MARKS.indexOf(c) >= 0) { // most are of ASCII
                return new StringReader(text);
            }
        }
        return new Plain(text);
    }

    @Override
    protected Reader initReader(String field, Reader reader) {
        return reader instanceof Plain ? reader : new MappingCharFilter(APOSTROPHES, reader);
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        Tokenizer words = new ICUTokenizer(new DefaultICUTokenizerConfig(false, true));
        TokenStream parts = new WordDelimiterGraphFilter(
                words,
                true,
                WordDelimiterIterator.DEFAULT_WORD_DELIM_TABLE,
                WordDelimiterGraphFilter.PRESERVE_ORIGINAL | WordDelimiterGraphFilter.GENERATE_WORD_PARTS,
                null);
        TokenStream folded = new LengthFilter(new ICUFoldingFilter(new InLatin(parts, spelling)), 1, Integer.MAX_VALUE);
        return new TokenStreamComponents(words, new CJKBigramFilter(folded));
    }

    List<Word> words(String text) {
        List<Word> words = new ArrayList<>();
        try (TokenStream stream = tokenStream(FIELD, reader(text))) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            OffsetAttribute place = stream.addAttribute(OffsetAttribute.class);
            PositionLengthAttribute length = stream.addAttribute(PositionLengthAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                words.add(new Word(
                        cut(term.toString()), place.startOffset(), place.endOffset(), length.getPositionLength() > 1));
            }
            stream.end();
        } catch (IOException e) {
            throw new IllegalStateException("a string could not be read", e);
        }
        return words;
    }

    private static String cut(String term) {
        if (term.length() <= LONGEST) {
            return term;
        }
        return term.substring(0, Character.isHighSurrogate(term.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
    }

    private static final class InLatin extends TokenFilter {

        private final Spelling spelling;
        private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

        InLatin(TokenStream words, Spelling spelling) {
            super(words);
            this.spelling = spelling;
        }

        @Override
        public boolean incrementToken() throws IOException {
            if (!input.incrementToken()) {
                return false;
            }
            if (Spelling.isNeeded(term)) {
                String latin = spelling.of(term);
                term.setEmpty().append(latin);
            }
            return true;
        }
    }
}
