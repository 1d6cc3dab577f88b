package uz.koprik.indicators.store.words;

import com.ibm.icu.text.Normalizer2;
import java.util.Map;

/**
 * Cyrillic words in Latin letters, so that both spellings of an Uzbek word are one word. A word whose letters can be
 * read in two ways (елка and ёлка, цирк as sirk and tsirk) is kept in both; words in other letters are left alone.
 *
 * <p>The apostrophes of oʻ, gʻ and the hamza are no letters here: {@link WordTokenizer} takes them away, since they are
 * typed in a dozen ways and often not at all. Therefore ў is o, ғ is g, and ъ is nothing.
 */
enum Spelling {
    /**
     * The rules of the Uzbek alphabet of 1995: ye where е is heard so, s for ц after consonants and at the beginning.
     */
    OFFICIAL,
    /** Letter by letter, as Russian is often transcribed; ё is е, as Russians write it. */
    PLAIN;

    private static final Normalizer2 FOLDED = Normalizer2.getNFKCCasefoldInstance();
    private static final String VOWELS = "аеёиоуўэюяы";

    private static final Map<Character, String> LATIN = Map.ofEntries(
            Map.entry('а', "a"),
            Map.entry('б', "b"),
            Map.entry('в', "v"),
            Map.entry('г', "g"),
            Map.entry('ғ', "g"),
            Map.entry('д', "d"),
            Map.entry('е', "e"),
            Map.entry('ё', "yo"),
            Map.entry('ж', "j"),
            Map.entry('з', "z"),
            Map.entry('и', "i"),
            Map.entry('й', "y"),
            Map.entry('к', "k"),
            Map.entry('қ', "q"),
            Map.entry('л', "l"),
            Map.entry('м', "m"),
            Map.entry('н', "n"),
            Map.entry('о', "o"),
            Map.entry('п', "p"),
            Map.entry('р', "r"),
            Map.entry('с', "s"),
            Map.entry('т', "t"),
            Map.entry('у', "u"),
            Map.entry('ў', "o"),
            Map.entry('ф', "f"),
            Map.entry('х', "x"),
            Map.entry('ҳ', "h"),
            Map.entry('ц', "ts"),
            Map.entry('ч', "ch"),
            Map.entry('ш', "sh"),
            Map.entry('щ', "sh"),
            Map.entry('ъ', ""),
            Map.entry('ы', "i"),
            Map.entry('ь', ""),
            Map.entry('э', "e"),
            Map.entry('ю', "yu"),
            Map.entry('я', "ya"),
            Map.entry('і', "i"),
            Map.entry('ї', "yi"),
            Map.entry('є', "ye"),
            Map.entry('ґ', "g"),
            Map.entry('ә', "a"),
            Map.entry('ө', "o"),
            Map.entry('ү', "u"),
            Map.entry('ұ', "u"),
            Map.entry('ң', "ng"),
            Map.entry('һ', "h"),
            Map.entry('ҷ', "j"),
            Map.entry('ӣ', "i"),
            Map.entry('ӯ', "u"));
    private static final Map<Character, String> LETTER_BY_LETTER = Map.of('ё', "e", 'щ', "shch", 'ы', "y");
    /** Months whose Latin form goes by its own way. */
    private static final Map<String, String> EXCEPTIONS = Map.of("сентябр", "sentabr", "октябр", "oktabr");

    /** Whether there is anything to do for a text. */
    static boolean isNeeded(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (isCyrillic(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCyrillic(char c) {
        return c >= '\u0400' && c <= '\u052f';
    }

    /** One word; the same when it holds no Cyrillic letter. */
    String of(CharSequence word) {
        if (!isNeeded(word)) {
            return word.toString();
        }
        String small = FOLDED.normalize(word);
        StringBuilder latin = new StringBuilder(small.length() + 8);
        int from = 0;
        if (this == OFFICIAL) {
            for (Map.Entry<String, String> exception : EXCEPTIONS.entrySet()) {
                if (small.startsWith(exception.getKey())) {
                    latin.append(exception.getValue());
                    from = exception.getKey().length();
                }
            }
        }
        for (int i = from; i < small.length(); i++) {
            append(small, i, latin);
        }
        return latin.toString();
    }

    private void append(String word, int at, StringBuilder latin) {
        char c = word.charAt(at);
        char before = at == 0 ? ' ' : word.charAt(at - 1);
        if (this == PLAIN) {
            String other = LETTER_BY_LETTER.get(c);
            latin.append(other == null ? LATIN.getOrDefault(c, String.valueOf(c)) : other);
            return;
        }
        boolean begins = !Character.isLetter(before);
        boolean afterVowel = VOWELS.indexOf(before) >= 0;
        boolean afterSign = before == 'ъ' || before == 'ь';
        latin.append(
                switch (c) {
                    case 'е' -> begins || afterVowel || afterSign ? "ye" : "e";
                    case 'ц' -> afterVowel ? "ts" : "s";
                    case 'о' -> before == 'ь' ? "yo" : "o"; // медальон
                    default -> LATIN.getOrDefault(c, String.valueOf(c));
                });
    }
}
