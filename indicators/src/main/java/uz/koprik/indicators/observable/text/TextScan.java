package uz.koprik.indicators.observable.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import uz.koprik.indicators.observable.Ascii;
import uz.koprik.indicators.observable.Iban;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.PhoneNumber;
import uz.koprik.indicators.observable.Recogniser.Scope;

/** Looks for values in running text. */
final class TextScan {

    private static final String SPLITS = "\"'`<>«»“”„‘’|,;";
    private static final String TRAILING = ".,;:!?)]}*_";
    private static final String LEADING = "([{*_-";

    private static final int MAX_TRAILING = 64;

    private final String text;
    private final KindGuesser cell;
    private final List<int[]> words;
    private final List<RecognisedValue> found = new ArrayList<>();

    TextScan(String text, KindGuesser cell) {
        this.text = text;
        this.cell = cell;
        this.words = words();
    }

    List<RecognisedValue> all() {
        for (int i = 0; i < words.size(); i++) {
            int used = labelled(i);
            used = used == 0 ? grouped(i) : used;
            if (used == 0) {
                word(words.get(i)[0], words.get(i)[1]);
            } else {
                i += used - 1;
            }
        }
        return List.copyOf(found);
    }

    /** A value after the word that says what it is: how many words both take from word {@code i} on, or 0. */
    private int labelled(int i) {
        int start = words.get(i)[0];
        while (start < words.get(i)[1] - 1 && LEADING.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        RecognisedValue value = LabelledValues.at(text, start, cell);
        if (value == null) {
            return 0;
        }
        found.add(value);
        int last = i;
        while (last < words.size() && words.get(last)[0] < value.end()) {
            last++;
        }
        return last - i;
    }

    /** A value written in groups: how many words it takes from word {@code i} on, or 0. */
    private int grouped(int i) {
        int start = words.get(i)[0];
        char first = text.charAt(start);
        if (first == '+' || text.startsWith("(+", start)) {
            return longest(i, 19, ObservableKind.PHONE);
        }
        if (Ascii.isDigit(first)) {
            return longest(i, 23, ObservableKind.PAYMENT_CARD);
        }
        boolean iban = start + 4 <= text.length()
                && Iban.isCountry(text.substring(start, start + 2).toUpperCase(Locale.ROOT))
                && Character.isDigit(text.charAt(start + 2));
        return iban ? longest(i, 42, ObservableKind.IBAN) : 0;
    }

    /** Tries the longest run of words on one line first. */
    private int longest(int i, int characters, ObservableKind kind) {
        int last = i;
        int start = words.get(i)[0];
        while (last + 1 < words.size()
                && words.get(last + 1)[1] - start <= characters
                && text.substring(words.get(last)[1], words.get(last + 1)[0]).isBlank()
                && text.substring(words.get(last)[1], words.get(last + 1)[0]).indexOf('\n') < 0) {
            last++;
        }
        for (; last >= i; last--) {
            int end = trimEnd(start, words.get(last)[1]);
            Observable value = canBe(kind, start, end) ? cell.attempt(text.substring(start, end), kind) : null;
            if (value != null && (kind != ObservableKind.PHONE || PhoneNumber.isAssignable(value.value()))) {
                found.add(new RecognisedValue(value, start, end, java.util.Optional.empty()));
                return last - i + 1;
            }
        }
        return 0;
    }

    /** Counts digits first: numbers of all sorts are frequent, and trying them as phone numbers is slow. */
    private boolean canBe(ObservableKind kind, int start, int end) {
        int digits = 0;
        for (int i = start; i < end; i++) {
            digits += Ascii.isDigit(text.charAt(i)) ? 1 : 0;
        }
        if (kind == ObservableKind.PHONE) {
            return digits >= 7 && digits <= 15 && text.lastIndexOf('+', end - 1) <= start + 1;
        }
        return kind == ObservableKind.PAYMENT_CARD
                ? digits >= 12 && digits <= 19
                : end - start >= 15; // the shortest IBAN
    }

    private void word(int from, int to) {
        if (to - from > ObservableKind.MAX_LENGTH) {
            return;
        }
        int start = from;
        while (start < to && LEADING.indexOf(text.charAt(start)) >= 0 && !defangAt(start)) {
            start++;
        }
        int end = trimEnd(start, to);
        if (start >= end || add(start, end)) {
            return;
        }
        int equals = text.indexOf('=', start, end);
        int colon = text.indexOf(':', start, end);
        if (equals > 0 && equals < end - 1) {
            add(equals + 1, end); // src=192.0.2.1
        } else if (colon > 0 && colon < end - 1) {
            add(colon + 1, end); // IP:192.0.2.1
        }
    }

    private boolean add(int start, int end) {
        String part = text.substring(start, end);
        RecognisedValue guess = cell.guess(part);
        if (guess == null || guess.observable().kind().recogniser().scope() != Scope.TEXT || unlikely(guess, part)) {
            return false;
        }
        found.add(new RecognisedValue(guess.observable(), start, end, guess.port()));
        return true;
    }

    /** Words that are values by form alone. */
    private static boolean unlikely(RecognisedValue guess, String part) {
        String value = guess.observable().value();
        return switch (guess.observable().kind().networkRole()) {
            case HOST_NAME -> {
                String last = value.substring(value.lastIndexOf('.') + 1);
                yield last.length() < 2
                        || FileNames.isFileName(value)
                        || (!last.startsWith("xn--") && !last.chars().allMatch(Ascii::isLetter));
            }
            case URL -> part.indexOf("://") < 0 && part.indexOf('/') == part.length() - 1;
            case ADDRESS, NETWORK, MAILBOX, FILE_HASH, NONE -> false;
        };
    }

    private boolean defangAt(int at) {
        return text.startsWith("[.", at) || text.startsWith("[:", at) || text.startsWith("(.", at);
    }

    private int trimEnd(int start, int to) {
        int end = to;
        // Brackets are counted again for each character, so the number of characters cut off is limited.
        while (end > start
                && to - end < MAX_TRAILING
                && TRAILING.indexOf(text.charAt(end - 1)) >= 0
                && !closesInside(start, end)) {
            end--;
        }
        return end;
    }

    /** Whether the bracket at the end has its opening one inside the word, as in a Wikipedia URL. */
    private boolean closesInside(int start, int end) {
        char close = text.charAt(end - 1);
        int open = close == ')' ? '(' : close == ']' ? '[' : close == '}' ? '{' : 0;
        if (open == 0) {
            return false;
        }
        int depth = 0;
        for (int i = start; i < end; i++) {
            depth += text.charAt(i) == open ? 1 : text.charAt(i) == close ? -1 : 0;
        }
        return depth >= 0;
    }

    private List<int[]> words() {
        List<int[]> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean boundary = i == text.length() || isBoundary(start, i);
            if (boundary && start >= 0) {
                words.add(new int[] {start, i});
                start = -1;
            } else if (!boundary && start < 0) {
                start = i;
            }
        }
        return words;
    }

    private boolean isBoundary(int start, int at) {
        char c = text.charAt(at);
        if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
            return true;
        }
        // A comma or semicolon inside a URL is a part of it unless another value begins there.
        boolean inUrl = (c == ',' || c == ';') && start >= 0 && text.indexOf("://", start, at) >= 0;
        return inUrl ? valueBegins(at + 1) : SPLITS.indexOf(c) >= 0;
    }

    private boolean valueBegins(int from) {
        int to = from;
        while (to < text.length() && !Character.isWhitespace(text.charAt(to)) && SPLITS.indexOf(text.charAt(to)) < 0) {
            to++;
        }
        String part = text.substring(from, to);
        RecognisedValue guess = cell.guess(part);
        return part.isEmpty()
                || (guess != null
                        && guess.observable().kind().recogniser().scope() == Scope.TEXT
                        && !unlikely(guess, part));
    }
}
