package uz.koprik.indicators.observable.text;

import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.observable.Defang;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.text.url.TextUrl;
import uz.koprik.indicators.observable.text.url.UrlEscapes;
import uz.koprik.indicators.observable.text.url.UrlScheme;

/**
 * Finds out what a text is, for search boxes, pasted lists and files without a column that says so.
 *
 * <p>One text has one answer, the same every time: where a text could be values of several kinds the most specific kind
 * whose check digits or form fit is taken. Immutable and safe for many threads.
 */
public final class Recognition {

    /** Knows no tokens for cards and no country for phones: whole card numbers are not recognised. */
    public static final Recognition PLAIN = new Recognition(Normalisation.PLAIN);

    private final Normalisation context;
    private final KindGuesser cell;

    /** @param context the centre's card tokens and phone region */
    public Recognition(Normalisation context) {
        this.context = context;
        this.cell = new KindGuesser(context);
    }

    /** What it knows of the centre. */
    public Normalisation context() {
        return context;
    }

    /**
     * What one value by itself is, such as a cell of a table, a line of a list or the text of a search box.
     *
     * <p>A host with a path and without a scheme is taken as {@code http://}; an address or name with a port is the
     * address or name and keeps the port; a text that starts with a slash is a {@link ObservableKind#URL_PATH}. A URL
     * that would end earlier in running text is doubtful.
     *
     * @return empty when it is no value of any kind
     */
    public Optional<RecognisedValue> recogniseOne(String text) {
        RecognisedValue value = cell.guess(text);
        if (value == null || value.observable().kind() != ObservableKind.URL) {
            return Optional.ofNullable(value);
        }
        return Optional.of(
                isCutOff(text) ? value.with(Remark.CUT_OFF) : goesOn(text) ? value.with(Remark.WORD_ENDING) : value);
    }

    /** Whether signs of a URL say that a part of it is missing. */
    private boolean isCutOff(String given) {
        String whole = given.strip();
        return whole.endsWith("\u2026")
                || whole.endsWith("...")
                || new TextUrl(whole, cell, 0, 0).isCutOff(whole.length());
    }

    /** Whether a text has more than the URL that begins it, as running text is read. */
    private boolean goesOn(String given) {
        String text = Defang.refang(given.strip());
        int mark = text.indexOf("://");
        if (mark < 0) {
            return new TextUrl(text, cell, 0, 0).earlierEnd(text.length()) > 0;
        }
        int begin = UrlScheme.start(text, 0, mark);
        TextUrl url = new TextUrl(text, cell, 0, mark + 3).withBackslashes(UrlEscapes.hasBackslashes(text));
        int end = url.end();
        if (begin != 0 || end == text.length()) {
            return begin > 0 || url.earlierEnd(end) > 0;
        }
        Observable whole = cell.attempt(text, ObservableKind.URL);
        return whole == null || !whole.equals(cell.attempt(text.substring(0, end), ObservableKind.URL));
    }

    /**
     * What one value of a known kind is, with what is to be said of it for other reasons than its kind.
     *
     * @throws InvalidObservable when it is not of that kind
     */
    public RecognisedValue recogniseOne(String text, ObservableKind kind) throws InvalidObservable {
        if (kind == ObservableKind.URL && hasBlank(text) && goesOn(text)) {
            throw new InvalidObservable(kind, "words or other values stand beside it; write a blank in a URL as %20");
        }
        RecognisedValue value = new RecognisedValue(kind.normalise(text, context), 0, text.length(), Optional.empty());
        return value.observable().kind() == ObservableKind.IBAN ? Doubts.ofIban(value) : value;
    }

    private static boolean hasBlank(String text) {
        return text.strip().chars().anyMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
    }

    /** What a URL names besides itself: the account of a link, and its phone number where the account is one. */
    public static List<Observable> linked(Observable value) {
        return value.kind() == ObservableKind.URL ? LinkedAccounts.of(value) : List.of();
    }

    /**
     * All values in a running text or a pasted list, in their order, repetitions included.
     *
     * <p>Stricter than {@link #recogniseOne}, since most words of a text are no values. A value is sure, or doubtful
     * for a reason that it names; a link of a messenger is the URL, and the account and the number that it names.
     */
    public List<RecognisedValue> recognise(String freeText) {
        return new TextScan(freeText, cell).all();
    }
}
