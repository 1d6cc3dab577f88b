package uz.koprik.indicators.cases;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.observable.text.Recognition;

/** Texts to be shared: they must not contain parts of the case that were not chosen. */
final class SharedText {

    private final CaseFile file;
    private final Set<Observable> hidden = new HashSet<>();
    private final boolean number;

    /**
     * @param chosen values that go along, and so may be named
     * @param number whether the number of the case may be named
     */
    SharedText(CaseFile file, List<Observable> chosen, boolean number) {
        this.file = file;
        this.number = number;
        file.observables().forEach(o -> hidden.add(o.observable()));
        hidden.removeAll(new HashSet<>(chosen));
    }

    /** @throws IllegalArgumentException when one of them names what stays: says where, never what */
    void check(String name, String summary) {
        checkOne("name", name);
        checkOne("summary", summary);
    }

    private void checkOne(String which, String text) {
        for (RecognisedValue found : Recognition.PLAIN.recognise(text)) {
            if (hidden.contains(found.observable())) {
                throw leak(which, "a value of the case that was not chosen", found.start());
            }
        }
        String lower = text.toLowerCase(Locale.ROOT);
        for (Observable value : hidden) {
            refuse(which, "a value of the case that was not chosen", lower, value.value());
        }
        List<String> numbers = new ArrayList<>(file.cases());
        if (!number) {
            numbers.add(file.number());
        }
        numbers.forEach(other -> refuse(which, "the number of a case", lower, other));
    }

    private static void refuse(String which, String what, String text, String secret) {
        int at = text.indexOf(secret.toLowerCase(Locale.ROOT));
        if (at >= 0) {
            throw leak(which, what, at);
        }
    }

    private static IllegalArgumentException leak(String which, String what, int at) {
        return new IllegalArgumentException("the " + which + " to be shared contains " + what + " at character "
                + (at + 1) + ": choose it, or write without it");
    }
}
