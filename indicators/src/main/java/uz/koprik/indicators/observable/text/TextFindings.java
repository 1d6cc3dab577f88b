package uz.koprik.indicators.observable.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.observable.Defang;
import uz.koprik.indicators.observable.Observable;

/** A text without defanging, and the values found in it so far, as they stood in the given text. */
final class TextFindings {

    private final Defang.Text refanged;
    private final List<RecognisedValue> found = new ArrayList<>();

    TextFindings(Defang.Text refanged) {
        this.refanged = refanged;
    }

    /** The text without defanging; all positions are those in it. */
    String text() {
        return refanged.text();
    }

    /** Whether defanging was undone between two positions. */
    boolean isDefanged(int from, int to) {
        return refanged.isDefanged(from, to);
    }

    /** What stood there before defanging was undone. */
    String given(int from, int to) {
        return refanged.given(from, to);
    }

    /** How many characters stood there before defanging was undone. */
    int givenLength(int from, int to) {
        return refanged.end(to) - refanged.start(from);
    }

    List<RecognisedValue> all() {
        return List.copyOf(found);
    }

    static RecognisedValue plainValue(Observable value, int from, int to) {
        return new RecognisedValue(value, from, to, Optional.empty());
    }

    /** Adds a value that stands between two positions. */
    void add(RecognisedValue value, int from, int to) {
        found.add(value.at(refanged.start(from), refanged.end(to)));
    }

    /** Adds a value that knows its positions. */
    void add(RecognisedValue value) {
        add(value, value.start(), value.end());
    }

    /** Adds the accounts that a URL leads to. */
    void addAccounts(Observable url, int from, int to) {
        for (Observable account : LinkedAccounts.of(url)) {
            add(plainValue(account, from, to).with(Remark.LINK_OF_ACCOUNT), from, to);
        }
    }
}
