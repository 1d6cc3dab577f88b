package uz.koprik.indicators.observable.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import uz.koprik.indicators.observable.Ascii;
import uz.koprik.indicators.observable.BankAccount;
import uz.koprik.indicators.observable.Iban;
import uz.koprik.indicators.observable.IpAddress;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.PhoneNumber;
import uz.koprik.indicators.observable.text.url.TextChars;

/** Numbers in running text that are written in groups: phones, IBANs, cards, accounts. */
final class TextNumbers {

    private static final Pattern DATE = Pattern.compile("(?:19|20)[0-9]{2}[-./](?:0?[1-9]|1[0-2])[-./][0-9]");
    private static final Pattern MONTH = Pattern.compile("(?:0?[1-9]|1[0-2])[./](?:19|20)[0-9]{2}(?![0-9])");
    private static final Pattern DAY_FIRST =
            Pattern.compile("[0-3]?[0-9]([-./])(?:0?[1-9]|1[0-2])\\1(?:19|20)[0-9]{2}(?![0-9])");

    private static final int LONGEST_PHONE = 24;
    private static final int LONGEST_CARD = 27;
    private static final int LONGEST_ACCOUNT = 28;
    private static final int DIGITS_OF_ACCOUNT = 20;
    private static final int MOST_GROUPS = 7;
    private static final int DIGITS_OF_AREA = 6;
    private static final int DIGITS_OF_SHORT_GROUP = 3;
    private static final int SHORTEST_IBAN = 15;

    private final String text;
    private final KindGuesser cell;
    private final MaskedCards masks;
    private int failedUntil;

    TextNumbers(String text, KindGuesser cell) {
        this.text = text;
        this.cell = cell;
        this.masks = new MaskedCards(text, cell);
    }

    /** The number that begins at a position, or null; its start and end are those of the text. */
    RecognisedValue at(int at) {
        if (at > 0 && TextChars.isAlnum(text.charAt(at - 1)) && !isAfterIbanWord(at)) {
            return null;
        }
        RecognisedValue number = number(at);
        return number != null && isNameOfMail(number.end()) ? null : number;
    }

    /** Whether digits are the name in an address of mail. */
    private boolean isNameOfMail(int end) {
        return end + 1 < text.length()
                && text.charAt(end) == '@'
                && TextChars.isAlnum(text.charAt(end + 1))
                && !Judgement.isOfWhatsApp(text, end + 1);
    }

    private RecognisedValue number(int at) {
        char c = text.charAt(at);
        if (c == '+' || text.startsWith("(+", at)) {
            return international(at);
        }
        if (Ascii.isDigit(c)) {
            return digits(at);
        }
        if (c == '(' && at + 1 < text.length() && Ascii.isDigit(text.charAt(at + 1))) {
            return national(at);
        }
        return Ascii.isLetter(c) ? iban(at) : null;
    }

    private boolean isAfterIbanWord(int at) {
        return at >= 4 && text.regionMatches(true, at - 4, "IBAN", 0, 4);
    }

    private RecognisedValue iban(int at) {
        if (at + SHORTEST_IBAN > text.length() || !Ascii.isLetter(text.charAt(at + 1))) {
            return null;
        }
        int digit = at + 2;
        while (digit < at + 4 && (text.charAt(digit) == ' ' || text.charAt(digit) == '-')) {
            digit++;
        }
        if (!Ascii.isDigit(text.charAt(digit))) {
            return null;
        }
        int length = Iban.lengthOf(text.substring(at, at + 2).toUpperCase(Locale.ROOT));
        int have = 2;
        int breaks = 0;
        int end = digit;
        for (int i = digit; i < text.length() && have < length; i++) {
            char c = text.charAt(i);
            if (Ascii.isDigit(c) || Ascii.isLetter(c)) {
                have++;
                end = i + 1;
            } else if (c == '\n' || c == '\r') {
                breaks += c == '\n' ? 1 : 0;
                if (breaks > 1 || have < 8) {
                    return null;
                }
            } else if (c != ' ' && c != '\t' && c != '-' && c != '.') {
                return null;
            } else if (i - end > 3) {
                return null;
            }
        }
        boolean goesOn =
                end < text.length() && TextChars.isAlnum(text.charAt(end)) && !TextChars.isUnspaced(text.charAt(end));
        if (length == 0 || have < length || goesOn) {
            return null;
        }
        Observable value = cell.attempt(text.substring(at, end), ObservableKind.IBAN);
        return value == null ? null : Doubts.ofIban(new RecognisedValue(value, at, end, Optional.empty()));
    }

    /** A number with plus and country. Letters end it, and so do dates, times, addresses and amounts of money. */
    private RecognisedValue international(int at) {
        int first = text.charAt(at) == '+' ? at + 1 : at + 2;
        if (first < text.length() && (text.charAt(first) == ' ' || text.charAt(first) == '(')) {
            first++;
        }
        if (first >= text.length() || !Ascii.isDigit(text.charAt(first)) || isAddress(first)) {
            return null;
        }
        List<Integer> ends = groupEnds(first, LONGEST_PHONE, false);
        RecognisedValue beforeMoney = beforeMoney(at, first, ends.size());
        if (beforeMoney != null) {
            return beforeMoney;
        }
        RecognisedValue longest = null;
        RecognisedValue possible = null;
        for (int i = ends.size() - 1; i >= 0; i--) {
            int end = ends.get(i);
            if (digitsIn(at, end) < 7) {
                break;
            }
            String written = text.substring(at, end);
            Observable value = cell.attempt(written, ObservableKind.PHONE);
            boolean part = longest != null && isJoined(end); // the line of an extension: 901820-15
            if (value == null || part || (i > 0 && isWholeBefore(at, ends.get(i - 1), end))) {
                continue;
            }
            RecognisedValue found = new RecognisedValue(value, at, end, Optional.empty());
            if (!PhoneNumber.isAssignable(value.value())) {
                // Numbers that were never assigned are faked and worth sharing; short ones may be anything.
                boolean usual = sameGroups(written, PhoneNumber.grouped(value.value()));
                boolean better = possible == null || usual;
                possible = better && digitsIn(at, end) >= 9 && !isAmount(end) ? found : possible;
                continue;
            }
            if (i == 0 || (digitsIn(at, end) >= 9 && sameGroups(written, PhoneNumber.grouped(value.value())))) {
                return found;
            }
            longest = longest == null ? found : longest;
        }
        return longest == null ? possible : longest;
    }

    /** Whether digits go on after a hyphen. */
    private boolean isJoined(int end) {
        return end + 1 < text.length() && text.charAt(end) == '-' && Ascii.isDigit(text.charAt(end + 1));
    }

    /** Whether the last group is the first part of a date with slashes, since the number is whole without it. */
    private boolean isWholeBefore(int at, int before, int end) {
        boolean date = end - before <= 5
                && text.charAt(before) != '-'
                && end < text.length()
                && text.charAt(end) == '/'
                && isTime(end);
        Observable value = date ? cell.attempt(text.substring(at, before), ObservableKind.PHONE) : null;
        return value != null && PhoneNumber.isAssignable(value.value());
    }

    /** A number in its usual groups before the word of a currency, which would take the last group as an amount. */
    private RecognisedValue beforeMoney(int at, int first, int sure) {
        List<Integer> ends = groupEnds(first, LONGEST_PHONE, true);
        if (ends.size() <= sure) {
            return null;
        }
        int end = ends.getLast();
        String written = text.substring(at, end);
        Observable value = digitsIn(at, end) < 9 ? null : cell.attempt(written, ObservableKind.PHONE);
        boolean usual = value != null
                && PhoneNumber.isAssignable(value.value())
                && sameGroups(written, PhoneNumber.grouped(value.value()));
        return usual ? new RecognisedValue(value, at, end, Optional.empty()) : null;
    }

    /** Whether a number is written in the groups that are usual in its country. */
    private static boolean sameGroups(String written, String usual) {
        return groups(written).equals(groups(usual));
    }

    private static String groups(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Ascii.isDigit(c)) {
                out.append(c);
            } else if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
                out.append(' ');
            }
        }
        return out.toString().strip();
    }

    /**
     * Where groups of digits end that can belong to one phone number.
     *
     * @param money whether a group before the word of a currency is one of them
     */
    private List<Integer> groupEnds(int from, int most, boolean money) {
        List<Integer> ends = new ArrayList<>();
        int at = from;
        while (at < text.length() && at - from <= most) {
            int end = at;
            while (end < text.length() && Ascii.isDigit(text.charAt(end))) {
                end++;
            }
            // Groups after the first have two digits at least: lists of numbers are no phone numbers.
            boolean area = ends.size() == 1
                    || (ends.size() <= 3 && isInternational(from))
                    || (at > from && text.charAt(at - 1) == '(');
            if (end == at
                    || (at > from && ((end - at < 2 && !area) || isOther(at, end) || (!money && isAmount(end))))
                    || ends.size() == MOST_GROUPS) {
                break;
            }
            char after = end < text.length() ? text.charAt(end) : ' ';
            boolean glued = TextChars.isAlnum(after) && !TextChars.isUnspaced(after);
            if (glued || (at > from && ((isTime(end) && !isArea(from, end)) || after == '%'))) {
                boolean whole = ends.isEmpty() && (!Ascii.isLetter(after) || WordEndings.isUzbekEnding(text, end));
                boolean extension = !glued && after == '/'; // or a date, of which the callers know
                if (whole || extension) {
                    ends.add(end);
                }
                break;
            }
            boolean open = TextChars.lastIndexOf(text, '(', from, end) > TextChars.lastIndexOf(text, ')', from, end);
            if (!open) {
                ends.add(end);
            }
            int next = separator(end);
            if (next < 0) {
                break;
            }
            at = next;
        }
        return ends;
    }

    private boolean isInternational(int first) {
        return first > 0 && (text.charAt(first - 1) == '+' || (first > 1 && text.charAt(first - 2) == '+'));
    }

    /** Whether digits go on after a colon or a slash, as those of times and dates do. */
    private boolean isTime(int end) {
        return end + 1 < text.length()
                && (text.charAt(end) == ':' || text.charAt(end) == '/')
                && Ascii.isDigit(text.charAt(end + 1));
    }

    /** Whether a slash stands between the area and the number: {@code 06-30/123-4567}. */
    private boolean isArea(int from, int slash) {
        return text.charAt(slash) == '/'
                && digitsIn(from, slash) <= DIGITS_OF_AREA
                && slash + 3 < text.length()
                && Ascii.isDigit(text.charAt(slash + 2))
                && Ascii.isDigit(text.charAt(slash + 3));
    }

    /** Where the next group begins after a separator; -1 when the number ends. */
    private int separator(int from) {
        int at = from;
        while (at < text.length() && at - from < 4 && " -./()\u2013\u2014\t".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String between = text.substring(from, at);
        if (between.indexOf('(') >= 0 && text.indexOf(')', at, Math.min(text.length(), at + 6)) < 0) {
            return -1;
        }
        boolean fits = !between.isEmpty()
                && !between.contains("..")
                && !between.contains("--")
                && at < text.length()
                && Ascii.isDigit(text.charAt(at));
        return fits ? at : -1;
    }

    /** Whether digits after a phone number are a date, a time or an address. */
    private boolean isOther(int at, int end) {
        if (at > 0 && text.charAt(at - 1) == ' ' && isAddress(at)) {
            return true;
        }
        String rest = text.substring(at, Math.min(text.length(), at + 11));
        if (end - at == 4 && DATE.matcher(rest).lookingAt()) {
            return true;
        }
        // 05.03.2026, 03/2026
        return end - at <= 2
                && (DAY_FIRST.matcher(rest).lookingAt() || MONTH.matcher(rest).lookingAt());
    }

    private boolean isAmount(int end) {
        int at = end;
        // decimals after the group: 500,00 EUR
        while (at + 1 < text.length()
                && at < end + 12
                && ",.".indexOf(text.charAt(at)) >= 0
                && Ascii.isDigit(text.charAt(at + 1))) {
            at++;
            while (at < text.length() && Ascii.isDigit(text.charAt(at))) {
                at++;
            }
        }
        if (at < text.length() && TextChars.isBlank(text.charAt(at))) {
            at++;
        }
        int to = at;
        while (to < text.length()
                && to < at + 10
                && !TextChars.isBlank(text.charAt(to))
                && ",.;:!?)\n\r".indexOf(text.charAt(to)) < 0) {
            to++;
        }
        return at > end - 1 && ContextWords.CURRENCY.has(text.substring(at, to).toLowerCase(Locale.ROOT));
    }

    private boolean isAddress(int at) {
        int end = at;
        while (end < text.length() && end < at + 16 && (Ascii.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        while (end > at && text.charAt(end - 1) == '.') {
            end--;
        }
        return IpAddress.isV4(text, at, end);
    }

    private int digitsIn(int from, int to) {
        int digits = 0;
        for (int i = from; i < to; i++) {
            digits += Ascii.isDigit(text.charAt(i)) ? 1 : 0;
        }
        return digits;
    }

    /** Digits without plus: a card, an account or a phone number, as far as form and the words before say. */
    private RecognisedValue digits(int at) {
        char before = at == 0 ? ' ' : text.charAt(at - 1);
        if (before == '.' || before == '-' || before == '+' || before == '%' || before == '_' || before == '#') {
            return null;
        }
        RecognisedValue masked = masks.at(at);
        if (masked != null) {
            return masked;
        }
        int end = at;
        while (end < text.length() && Ascii.isDigit(text.charAt(end))) {
            end++;
        }
        int first = end - at;
        char after = end < text.length() ? text.charAt(end) : ' ';
        if (isGlued(after) || (first > 19 && first != 20)) {
            return null;
        }
        RecognisedValue found = null;
        if (first == 20) {
            return account(at, end);
        }
        if (first < 12 && first > 3 && "234".indexOf(text.charAt(at)) >= 0) {
            found = groupedAccount(at, end);
            if (found != null) {
                return found;
            }
        }
        if (first >= 3) {
            found = card(at, first);
        }
        return found == null ? national(at) : found;
    }

    private RecognisedValue account(int at, int end) {
        boolean track = at > 0 && "=^".indexOf(text.charAt(at - 1)) >= 0 && isOfTrack(at);
        if (track || text.startsWith("89", at) || ContextWords.DEVICE.before(text, at)) {
            return null; // 89 begins the numbers of SIM cards
        }
        Observable value = cell.attempt(text.substring(at, end), ObservableKind.BANK_ACCOUNT);
        if (value == null) {
            return null;
        }
        RecognisedValue found = new RecognisedValue(value, at, end, Optional.empty());
        return BankAccount.isUsual(value.value()) || ContextWords.ACCOUNT.before(text, at)
                ? found
                : found.with(Remark.NUMBER_ONLY);
    }

    /** Whether the digits are those that follow a card number on its magnetic stripe. */
    private boolean isOfTrack(int at) {
        return text.charAt(at - 1) == '^' || (at > 1 && Ascii.isDigit(text.charAt(at - 2)));
    }

    /** An account of twenty digits in groups, after a word that says so: {@code 40817 810 0 99910004312}. */
    private RecognisedValue groupedAccount(int at, int firstEnd) {
        if (firstEnd >= text.length() || " .-".indexOf(text.charAt(firstEnd)) < 0) {
            return null;
        }
        int digits = 0;
        int end = at;
        while (end < text.length() && end - at < LONGEST_ACCOUNT) {
            char c = text.charAt(end);
            boolean between = " .-".indexOf(c) >= 0
                    && end + 1 < text.length()
                    && Ascii.isDigit(text.charAt(end + 1))
                    && digits < DIGITS_OF_ACCOUNT;
            if (!Ascii.isDigit(c) && !between) {
                break;
            }
            digits += Ascii.isDigit(c) ? 1 : 0;
            end++;
        }
        boolean glued = end < text.length() && TextChars.isAlnum(text.charAt(end));
        if (digits != DIGITS_OF_ACCOUNT || glued || !ContextWords.ACCOUNT.before(text, at)) {
            return null;
        }
        String number = text.substring(at, end).replaceAll("[ .-]", "");
        Observable value = cell.attempt(number, ObservableKind.BANK_ACCOUNT);
        return value == null ? null : new RecognisedValue(value, at, end, Optional.empty());
    }

    /** Whether one or two groups of four digits follow those of a card, so that the number may be an account. */
    private boolean goesOn(int at, int last) {
        int from = last;
        int groups = 0;
        while (groups < 3 && from + 4 < text.length() && text.charAt(from) == text.charAt(at + 4)) {
            int end = from + 1;
            while (end < text.length() && Ascii.isDigit(text.charAt(end))) {
                end++;
            }
            if (end - from != 5) {
                break;
            }
            groups++;
            from = end;
        }
        return groups > 0 && groups < 3 && !isAmount(from);
    }

    private RecognisedValue card(int at, int first) {
        if (first < 12 && first != 4 && first != 6) {
            return null;
        }
        List<Integer> ends = new ArrayList<>();
        int end = at;
        char mark = 0;
        while (end < text.length() && end - at <= LONGEST_CARD) {
            int from = end;
            while (end < text.length() && Ascii.isDigit(text.charAt(end))) {
                end++;
            }
            char after = end < text.length() ? text.charAt(end) : ' ';
            if (end == from || isGlued(after)) {
                break;
            }
            ends.add(end);
            boolean goesOn = (after == ' ' || after == '-')
                    && (mark == 0 || mark == after)
                    && end + 1 < text.length()
                    && Ascii.isDigit(text.charAt(end + 1));
            if (!goesOn) {
                break;
            }
            mark = after;
            end++;
        }
        for (int last : ends.reversed()) {
            int digits = digitsIn(at, last);
            if (digits < 12 || digits > 19) {
                continue;
            }
            boolean solid = last == at + digits;
            boolean groups = solid || hasGroupsOfCard(at, last);
            if (!groups || (digits == 15 && !text.startsWith("34", at) && !text.startsWith("37", at))) {
                continue;
            }
            if (ContextWords.DEVICE.before(text, at)) {
                return null;
            }
            Observable value = cell.attempt(text.substring(at, last), ObservableKind.PAYMENT_CARD);
            if (value != null && !isDecimal(last)) {
                RecognisedValue found = new RecognisedValue(value, at, last, Optional.empty());
                boolean usual = (digits == 16 && (solid || !goesOn(at, last))) || digits == 15;
                if (usual || ContextWords.CARD.before(text, at)) {
                    return found;
                }
                return isGroup(at) ? null : found.with(Remark.NUMBER_ONLY);
            }
        }
        return null;
    }

    /** Whether a group of digits stands before, so that the number may be a part of another one. */
    private boolean isGroup(int at) {
        return at > 1 && " -".indexOf(text.charAt(at - 1)) >= 0 && Ascii.isDigit(text.charAt(at - 2));
    }

    /** Whether letters go on after digits; those of another script are the ending of a language. */
    private static boolean isGlued(char c) {
        return TextChars.isAlnum(c) && !TextChars.isUnspaced(c) && !TextChars.isOfOtherScript(c);
    }

    private boolean isDecimal(int end) {
        return end + 1 < text.length()
                && (text.charAt(end) == '.' || text.charAt(end) == ',')
                && Ascii.isDigit(text.charAt(end + 1));
    }

    /** Groups of three digits or more, as cards have them. */
    private boolean hasGroupsOfCard(int from, int to) {
        int group = 0;
        for (int i = from; i < to; i++) {
            if (Ascii.isDigit(text.charAt(i))) {
                group++;
            } else {
                if (group < 3) {
                    return false;
                }
                group = 0;
            }
        }
        return group >= 2;
    }

    /** A phone number without plus: doubtful, since nothing names its country; a word before it may. */
    private RecognisedValue national(int at) {
        boolean zeros = text.startsWith("00", at);
        String code = cell.countryCode();
        boolean withCode = !code.isEmpty() && text.startsWith(code, at);
        if (!zeros && code.isEmpty()) {
            return null;
        }
        int from = text.charAt(at) == '(' ? at + 1 : at;
        List<Integer> ends = at < failedUntil ? List.of() : groupEnds(from, LONGEST_PHONE, false);
        if (ends.isEmpty() || digitsIn(at, ends.getLast()) < 7) {
            return null;
        }
        boolean word = ContextWords.PHONE.before(text, at);
        boolean grouped = ends.size() > 1;
        char first = text.charAt(at);
        boolean trunk = first == '(' || ((first == '0' || first == '8') && grouped);
        if (!word && !zeros && !trunk && !withCode) {
            return null;
        }
        failedUntil = ends.getLast(); // a run of digits is tried once
        for (int i = ends.size() - 1; i >= 0; i--) {
            int end = ends.get(i);
            int digits = digitsIn(at, end);
            if (digits < 7) {
                return null;
            }
            if (digits > 17
                    || !cell.mayBePhone(text, at, end)
                    || (withCode && !word && digits < code.length() + 8)
                    || isDecimal(end)) {
                continue;
            }
            int group = Math.min(end, ends.getFirst());
            if ((!word && isAmount(group)) || isOther(at, group)) {
                return null;
            }
            boolean part = i > 0 && isWholeBefore(at, ends.get(i - 1), end);
            part |= i + 1 < ends.size() && !zeros && !withCode && isCut(end, ends.get(i + 1));
            Observable phone = part ? null : cell.phoneWithoutPlus(text.substring(at, end));
            if (phone != null) {
                failedUntil = end;
                boolean said = word && (zeros || (withCode && phone.value().length() == digits + 1));
                RecognisedValue found = new RecognisedValue(phone, at, end, Optional.empty());
                return said ? found : found.with(Remark.NO_COUNTRY);
            }
        }
        return null;
    }

    /** Whether a number without its country ends where no person would end it: before a hyphen or a short group. */
    private boolean isCut(int end, int next) {
        return isJoined(end) || next - end <= DIGITS_OF_SHORT_GROUP + 1;
    }
}
