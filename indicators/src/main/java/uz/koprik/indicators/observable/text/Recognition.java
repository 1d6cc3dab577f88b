package uz.koprik.indicators.observable.text;

import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;

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
     * address or name and keeps the port; a text that starts with a slash is a {@link ObservableKind#URL_PATH}.
     *
     * @return empty when it is no value of any kind
     */
    public Optional<RecognisedValue> recogniseOne(String text) {
        return Optional.ofNullable(cell.guess(text));
    }

    /**
     * What one value of a known kind is, with what is to be said of it for other reasons than its kind.
     *
     * @throws InvalidObservable when it is not of that kind
     */
    public RecognisedValue recogniseOne(String text, ObservableKind kind) throws InvalidObservable {
        RecognisedValue value = new RecognisedValue(kind.normalise(text, context), 0, text.length(), Optional.empty());
        return value.observable().kind() == ObservableKind.IBAN ? Doubts.ofIban(value) : value;
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
