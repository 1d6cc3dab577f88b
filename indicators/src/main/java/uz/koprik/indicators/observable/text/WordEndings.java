package uz.koprik.indicators.observable.text;

import java.util.Locale;
import java.util.Set;
import uz.koprik.indicators.observable.Ascii;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.text.url.TextChars;
import uz.koprik.indicators.observable.text.url.TextUrl;

/**
 * Endings of words that languages append to a URL: {@code http://a.example/x-et} in a Hungarian sentence may be the URL
 * {@code http://a.example/x}. The path of a URL may end so as well, so both are doubtful. Letters that no URL has bare
 * are an ending for sure.
 */
final class WordEndings {

    /** With letters beside those of ASCII; such an ending is part of no URL. */
    private static final Set<String> MARKED =
            words("ról ről ból ből tól től nál nél höz öt ön ért ként át ét ás és ös ül é vá vé");

    private static final Set<String> HUNGARIAN = words("t at et ot ra re ba be ban ben on en nak nek hoz hez val vel ig"
            + " i n s as es os ul bol tol rol nal nel ert kent kor tal a e ja je ai ei");

    private static final Set<String> UZBEK = words("ga ka qa da dan ni ning dagi lar lari gacha");

    private static final Set<String> HUNGARIAN_TEXT = words("az és hogy nem egy ez ezt van volt meg vagy mert innen ide"
            + " ki le oldal oldalt oldalon cím címet címen címről link linket linken fájl fájlt kérjük nyissa töltse"
            + " kattintson nyitotta nyitották mutat vezet");

    private static final Set<String> UZBEK_TEXT = words("va uchun bilan orqali bu ushbu shu sayt saytga sayti saytida"
            + " fayl fayli havola havolaga manzil manzilga kirib kiring yuklab yuboring ochildi kirgan edi emas ham");

    private static final Set<String> GERMAN_TEXT = words("der die das den dem des ein eine einen einem und wurde wurden"
            + " war ist sind nicht mit auf von zu im am bei über nach");

    private static final int LONGEST_GERMAN_ENDING = 3;
    private static final int LOOK_AROUND = 120;
    private static final int LONGEST = 5;
    private static final int LONGEST_AFTER_HYPHEN = 16;

    private final TextFindings found;
    private final KindGuesser cell;
    private final String text;

    WordEndings(TextFindings found, KindGuesser cell) {
        this.found = found;
        this.cell = cell;
        this.text = found.text();
    }

    private static Set<String> words(String words) {
        return Set.copyOf(java.util.Arrays.asList(words.split(" ", -1)));
    }

    /**
     * Adds a URL whose path ends in the ending of a word.
     *
     * @param scheme what to put before it
     * @param begin where it begins in the text
     * @param end where it ends, with the ending
     * @return whether the URL was added; false when it has no ending
     */
    boolean add(String scheme, int begin, int hostFrom, int end) {
        int hyphen = hyphen(hostFrom, end);
        if (hyphen < 0) {
            int script = otherScript(hostFrom, end);
            int cut = script > 0 ? script : sentence(hostFrom, end);
            return cut > 0 && addBoth(scheme, begin, cut, end);
        }
        String ending = text.substring(hyphen + 1, end).toLowerCase(Locale.ROOT);
        boolean sure = MARKED.contains(ending);
        if (!sure) {
            boolean script = otherScript(hostFrom, end) == hyphen;
            boolean ends = script
                    || isAfterFile(hostFrom, hyphen)
                    || isOfTheText(ending, begin, end)
                    || isNoun(hyphen, begin, end);
            return ends && addBoth(scheme, begin, hyphen, end);
        }
        String part = scheme + text.substring(begin, hyphen);
        Observable url = cell.attempt(part, ObservableKind.URL);
        if (url == null) {
            return false;
        }
        found.add(Doubts.of(TextFindings.plainValue(url, begin, hyphen), part, part), begin, hyphen);
        found.addAccounts(url, begin, hyphen);
        return true;
    }

    /** Whether a hyphen stands behind the name of a file, of which no letters are a part. */
    private boolean isAfterFile(int hostFrom, int hyphen) {
        int slash = TextChars.lastIndexOf(text, '/', hostFrom, hyphen);
        String name = slash < 0 ? "" : text.substring(slash + 1, hyphen).toLowerCase(Locale.ROOT);
        return name.indexOf('.') > 0 && FileNames.mayBeFileName(name);
    }

    /** Whether a German noun hangs on a path, as in <i>der http://a.example/x-Link</i>. */
    private boolean isNoun(int hyphen, int begin, int end) {
        return end - hyphen > LONGEST_GERMAN_ENDING
                && Character.isUpperCase(text.charAt(hyphen + 1))
                && Character.isLowerCase(text.charAt(end - 1))
                && isAround(begin, end, GERMAN_TEXT, "ß");
    }

    /** The dot before the next sentence, whose first word hangs on the path: {@code /x.Then it ran}; or -1. */
    private int sentence(int hostFrom, int end) {
        int at = end;
        while (at > hostFrom && end - at <= LONGEST_AFTER_HYPHEN && Ascii.isLetter(text.charAt(at - 1))) {
            at--;
        }
        int dot = at - 1;
        boolean word =
                end - at > 1 && Character.isUpperCase(text.charAt(at)) && Character.isLowerCase(text.charAt(end - 1));
        boolean goesOn =
                end + 1 < text.length() && text.charAt(end) == ' ' && Character.isLowerCase(text.charAt(end + 1));
        if (!word
                || !goesOn
                || dot <= hostFrom
                || text.charAt(dot) != '.'
                || !TextChars.isAlnum(text.charAt(dot - 1))) {
            return -1;
        }
        boolean file = FileNames.mayBeFileName("x" + text.substring(dot, end).toLowerCase(Locale.ROOT));
        return text.indexOf('/', hostFrom, dot) < 0 || file ? -1 : dot;
    }

    /**
     * Adds a URL that may end earlier: with and without its end, and only without it where a name and a password
     * follow.
     *
     * @return whether it was added; false when no such place is in it
     */
    boolean addUncertain(String scheme, int begin, TextUrl url, int end) {
        int cut = url.earlierEnd(end);
        if (cut < 0) {
            return false;
        }
        if (text.charAt(cut) != ':') {
            return addBoth(scheme, begin, cut, end);
        }
        Observable value = cell.attempt(scheme + text.substring(begin, cut), ObservableKind.URL);
        if (value != null) {
            found.add(TextFindings.plainValue(value, begin, cut).with(Remark.WORD_ENDING), begin, cut);
        }
        return value != null;
    }

    /** Adds the URL with and without its end, of which the reader has to say which is meant. */
    private boolean addBoth(String scheme, int begin, int cut, int end) {
        String part = scheme + text.substring(begin, cut);
        Observable url = cell.attempt(part, ObservableKind.URL);
        Observable whole = cell.attempt(scheme + text.substring(begin, end), ObservableKind.URL);
        if (url == null || whole == null) {
            return false;
        }
        found.add(
                Doubts.of(TextFindings.plainValue(url, begin, cut), part, part).with(Remark.WORD_ENDING), begin, cut);
        found.add(TextFindings.plainValue(whole, begin, end).with(Remark.WORD_ENDING), begin, end);
        found.addAccounts(url, begin, cut);
        return true;
    }

    /** Where few letters of another script hang on the last Latin letter or digit of a path, hyphen or not; or -1. */
    private int otherScript(int hostFrom, int end) {
        int at = end;
        while (at > hostFrom && end - at <= LONGEST_AFTER_HYPHEN && TextChars.isOfOtherScript(text.charAt(at - 1))) {
            at--;
        }
        boolean after = at < end && at > hostFrom && text.charAt(at - 1) == '-';
        boolean few = at < end && end - at <= (after ? LONGEST_AFTER_HYPHEN : LONGEST);
        at = few && after ? at - 1 : at;
        boolean hangs = few && at > hostFrom && TextChars.isAlnum(text.charAt(at - 1));
        if (!hangs || text.indexOf('/', hostFrom, at) < 0) {
            return -1;
        }
        for (int i = hostFrom; i < at; i++) {
            if (text.charAt(i) > 0x7F) {
                return -1; // a path in that script
            }
        }
        return at;
    }

    /** Whether letters that follow a number are an ending of Uzbek, which is written with a hyphen or without. */
    static boolean isUzbekEnding(String text, int from) {
        int to = from;
        while (to < text.length() && to - from < 6 && Character.isLetter(text.charAt(to))) {
            to++;
        }
        boolean ends = to == text.length() || !TextChars.isAlnum(text.charAt(to));
        return ends && UZBEK.contains(text.substring(from, to));
    }

    /** The hyphen before few letters at the end of a path, or -1. */
    private int hyphen(int hostFrom, int end) {
        int at = end;
        while (at > hostFrom && end - at <= LONGEST_AFTER_HYPHEN && Character.isLetter(text.charAt(at - 1))) {
            at--;
        }
        int hyphen = at - 1;
        boolean after = at < end && hyphen > hostFrom && text.charAt(hyphen) == '-';
        if (!after || !TextChars.isAlnum(text.charAt(hyphen - 1))) {
            return -1;
        }
        int slash = text.indexOf('/', hostFrom);
        return slash >= 0 && slash < hyphen ? hyphen : -1;
    }

    /** Whether a URL in a cell ends in letters that only a sentence appends. */
    static boolean endsAsWord(String url) {
        int end = url.length();
        int at = end;
        while (at > 0 && end - at <= LONGEST && url.charAt(at - 1) >= 0xAC00 && url.charAt(at - 1) <= 0xD7A3) {
            at--;
        }
        if (at < end) {
            return end - at <= LONGEST && at > 0 && TextChars.isAlnum(url.charAt(at - 1)) && isAscii(url, at);
        }
        int hyphen = url.lastIndexOf('-');
        return hyphen > 0
                && end - hyphen - 1 <= LONGEST
                && !isAscii(url, end)
                && isAscii(url, hyphen)
                && MARKED.contains(url.substring(hyphen + 1).toLowerCase(Locale.ROOT));
    }

    private static boolean isAscii(String text, int to) {
        for (int i = 0; i < to; i++) {
            if (text.charAt(i) > 0x7F) {
                return false;
            }
        }
        return true;
    }

    private boolean isOfTheText(String ending, int begin, int end) {
        return (HUNGARIAN.contains(ending) && isAround(begin, end, HUNGARIAN_TEXT, "őű"))
                || (UZBEK.contains(ending) && isAround(begin, end, UZBEK_TEXT, "ʻ‘"));
    }

    /** Whether words or letters of a language stand on the same line near the URL. */
    private boolean isAround(int begin, int end, Set<String> words, String letters) {
        int from = begin;
        while (from > 0 && begin - from < LOOK_AROUND && text.charAt(from - 1) != '\n') {
            from--;
        }
        int to = end;
        while (to < text.length() && to - end < LOOK_AROUND && text.charAt(to) != '\n') {
            to++;
        }
        return speaks(from, begin, words, letters) || speaks(end, to, words, letters);
    }

    private boolean speaks(int from, int to, Set<String> words, String letters) {
        int word = from;
        for (int i = from; i <= to; i++) {
            char c = i < to ? text.charAt(i) : ' ';
            if (letters.indexOf(c) >= 0) {
                return true;
            }
            if (!Character.isLetter(c)) {
                String one = i - word < 2 || i - word > 12
                        ? ""
                        : text.substring(word, i).toLowerCase(Locale.ROOT);
                if (words.contains(one) || (letters.indexOf('ő') >= 0 && endsAsVerb(one))) {
                    return true;
                }
                word = i + 1;
            }
        }
        return false;
    }

    /** Endings of Hungarian verbs that hardly any other language has. */
    private static boolean endsAsVerb(String word) {
        return word.endsWith("ották") || word.endsWith("ették") || word.endsWith("ötték") || word.endsWith("játok");
    }
}
